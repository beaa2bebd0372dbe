import {DoubleQuoteIcon} from '@sanity/icons/DoubleQuote'
import {defineField, defineType} from 'sanity'

import {noWorkingNotes} from '../../validation/noWorkingNotes.ts'
import {quoteFields} from './quoteFields.ts'

/** Somebody's words set large, outside the running text. */
export const pullQuote = defineType({
  name: 'pullQuote',
  title: 'Pull quote',
  type: 'object',
  icon: DoubleQuoteIcon,
  fields: [
    defineField({
      name: 'text',
      title: 'Words',
      type: 'text',
      rows: 3,
      description: 'Without quotation marks: the page adds them.',
      validation: (rule) => [
        rule.required().error('Write the words of the pull quote, or remove it.'),
        rule.custom(noWorkingNotes).warning(),
      ],
    }),
    ...quoteFields,
  ],
  preview: {
    select: {text: 'text', speaker: 'speaker.name'},
    prepare: ({text, speaker}) => ({
      title: text ?? 'No words yet',
      subtitle: speaker ?? 'No speaker chosen',
    }),
  },
})
