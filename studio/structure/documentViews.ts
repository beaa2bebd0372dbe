/** The desk: the tabs above an open document. */
import {EyeOpenIcon} from '@sanity/icons/EyeOpen'
import {LinkIcon} from '@sanity/icons/Link'
import type {DefaultDocumentNodeResolver} from 'sanity/structure'

import {referencedTypes} from '../documentTypes.ts'
import {ReaderTab, UsedByTab} from '../views/views.tsx'

/**
 * The tabs of a document: its form, a preview for articles, and the documents that refer to it.
 */
export const documentViews: DefaultDocumentNodeResolver = (S, {schemaType}) => {
  const usedBy = S.view.component(UsedByTab).id('used-by').title('Used by').icon(LinkIcon)
  const reader = S.view.component(ReaderTab).id('reader').title('Preview').icon(EyeOpenIcon)
  return S.document().views([
    S.view.form(),
    ...(schemaType === 'article' ? [reader] : []),
    ...(referencedTypes.has(schemaType) ? [usedBy] : []),
  ])
}
