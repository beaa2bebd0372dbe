import {defineField} from 'sanity'

import {advised} from '../../validation/advised.ts'
import {languageTag} from '../../validation/languageTag.ts'
import {webAddress} from '../../validation/webAddress.ts'

/** Who said it, where, and in which language: the same for a quotation and a pull quote. */
export const quoteFields = [
  defineField({
    name: 'speaker',
    type: 'reference',
    to: [{type: 'topic'}],
    options: {filter: 'kind in ["person", "organisation"]'},
    validation: (rule) =>
      rule.custom(advised('Choose the person or organisation whose words these are.')).warning(),
  }),
  defineField({
    name: 'medium',
    title: 'Said in',
    type: 'string',
    description: 'Where the words were said, as the story states it: “tweet”, “interview”.',
  }),
  defineField({
    name: 'originalLanguage',
    title: 'Original language',
    type: 'string',
    description: 'When the quotation is a translation: the language tag, such as “ru”.',
    validation: (rule) => rule.custom(languageTag).error(),
  }),
  defineField({
    name: 'sourceUrl',
    title: 'Link to the original',
    type: 'url',
    validation: (rule) =>
      rule.uri(webAddress).error('Write the full address of the original, starting with https://'),
  }),
]
