import {defineLocaleResourceBundle} from 'sanity'

/** Sanity says “of this type” and “matching” of lists that are neither by type nor searched. */
export const deskWords = defineLocaleResourceBundle({
  locale: 'en-US',
  namespace: 'structure',
  resources: {
    'panes.document-list-pane.no-documents-of-type.text': 'No documents in this list',
    'panes.document-list-pane.no-matching-documents.text': 'No documents in this list',
  },
})
