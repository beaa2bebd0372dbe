/** What people say: the quotation in the running text, the pull quote beside it, and their fields. */
import {DoubleQuoteIcon} from '@sanity/icons/DoubleQuote'
import {defineField, defineType} from 'sanity'

import {webAddress} from '../../validation/addresses.ts'
import {advised, languageTag, noWorkingNotes} from '../../validation/wording.ts'

/** Who said it, where, and in which language: the same for a quotation and a pull quote. */
const quoteFields = [
  defineField({
    name: 'speaker',
    type: 'reference',
    to: [{type: 'topic'}],
    options: {filter: 'kind in ["person", "organisation"]'},
    validation: (rule) =>
      rule.custom(advised('Choose the person or organisation who said this.')).warning(),
  }),
  defineField({
    name: 'medium',
    title: 'Where it was said',
    type: 'string',
    description: 'As the story says: for example “tweet” or “interview”.',
  }),
  defineField({
    name: 'originalLanguage',
    title: 'Original language',
    type: 'string',
    description: 'If the quotation is a translation: the language that it was said in.',
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

/** A person's own words in the running text. The rules never ask to change them. */
export const quotation = defineType({
  name: 'quotation',
  title: 'Quote with speaker',
  type: 'object',
  icon: DoubleQuoteIcon,
  fields: quoteFields,
})

/** A person's words set large, outside the running text. */
export const pullQuote = defineType({
  name: 'pullQuote',
  title: 'Pull quote',
  type: 'object',
  icon: DoubleQuoteIcon,
  fields: [
    defineField({
      name: 'text',
      title: 'Quote',
      type: 'text',
      rows: 3,
      description: 'Without quotation marks: the page adds them.',
      validation: (rule) => [
        rule.required().error('Write the quote, or remove it.'),
        rule.custom(noWorkingNotes).warning(),
      ],
    }),
    ...quoteFields,
  ],
  preview: {
    select: {text: 'text', speaker: 'speaker.name'},
    prepare: ({text, speaker}) => ({
      title: text ?? 'No quote yet',
      subtitle: speaker ?? 'No speaker chosen',
    }),
  },
})
