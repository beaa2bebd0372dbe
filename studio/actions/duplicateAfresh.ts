import type {DocumentActionComponent, DuplicateActionProps, SanityDocumentLike} from 'sanity'

import {oncePer} from './oncePer.ts'

/** What belongs to one document only: its address, its past, its dates, where it came from. */
const own = [
  'slug',
  'previousSlugs',
  'firstPublishedAt',
  'updatedAt',
  'embargoUntil',
  'expiresAt',
  'corrections',
  'pubStatus',
  'provenance',
]

/** A copy to begin another document from, without what belongs to the first alone. */
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
