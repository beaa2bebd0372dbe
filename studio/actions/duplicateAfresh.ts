/**
 * Document action: “Duplicate”, in the menu of every document but the settings. Wraps Sanity’s own.
 */
import type {DocumentActionComponent, DuplicateActionProps, SanityDocumentLike} from 'sanity'

import {oncePer} from './oncePer.ts'

/** Fields that belong to one document only: its address, history, dates and origin. */
const own = [
  'slug',
  'previousSlugs',
  'firstPublishedAt',
  'updatedAt',
  'embargoUntil',
  'expiresAt',
  'corrections',
  'pubStatus',
  'workflow',
  'assignee',
  'deskNotes',
  'provenance',
]

/** A copy to start a new document from, without the fields that belong to the original only. */
export const afresh = (document: SanityDocumentLike): SanityDocumentLike => ({
  ...Object.fromEntries(Object.entries(document).filter(([field]) => !own.includes(field))),
  _id: document._id,
  _type: document._type,
})

/** Sanity’s own Duplicate, which otherwise copies even the web address. */
export const duplicateAfresh = oncePer((duplicate: DocumentActionComponent) => {
  const DuplicateAfresh: DocumentActionComponent = (props) => {
    const copying: DuplicateActionProps = {...props, mapDocument: afresh}
    return duplicate(copying)
  }
  DuplicateAfresh.action = 'duplicate'
  DuplicateAfresh.displayName = 'DuplicateAfresh'
  return DuplicateAfresh
})
