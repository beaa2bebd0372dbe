/** The Studio’s words: what the checks in a form say instead of Sanity’s own words. */
import {defineLocaleResourceBundle} from 'sanity'

/** The messages of Sanity’s own checks, reworded to say what to do. */
export const validationWords = defineLocaleResourceBundle({
  locale: 'en-US',
  namespace: 'validation',
  resources: {
    'generic.required': 'Fill this in.',
    'object.reference-not-published':
      'Publish the document that this points to first, or choose another.',
    'slug.missing-current': 'Generate the web address, or write one.',
  },
})
