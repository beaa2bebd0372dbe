import {defineLocaleResourceBundle} from 'sanity'

/** What Sanity’s own checks say, in words that tell an editor what to do. */
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
