/** The Studio’s words: what the desk says instead of Sanity’s own words. */
import {defineLocaleResourceBundle} from 'sanity'

/**
 * Sanity’s texts say “of this type” and “matching”, which is wrong for lists with a filter of their
 * own, and not what would be there.
 */
export const deskWords = defineLocaleResourceBundle({
  locale: 'en-US',
  namespace: 'structure',
  resources: {
    'panes.document-list-pane.no-documents-of-type.text':
      'No documents yet. They appear here by themselves once they belong in this list.',
    'panes.document-list-pane.no-matching-documents.text':
      'No documents here now. They appear by themselves once they belong in this list.',
  },
})
