import {EnterIcon} from '@sanity/icons/Enter'
import {defineField, defineType} from 'sanity'

import {lineNumber} from './lineNumber.ts'

/** A line of the source and the field that now holds what it says. */
export const placedLine = defineType({
  name: 'placedLine',
  title: 'Placed line',
  type: 'object',
  icon: EnterIcon,
  fields: [
    lineNumber,
    defineField({
      name: 'field',
      type: 'string',
      description: 'The path of the field, from this document.',
      validation: (rule) => rule.required().error('A placed line names the field that holds it.'),
    }),
    defineField({
      name: 'text',
      title: 'As printed',
      type: 'string',
      description: 'Only where the field does not hold the line letter for letter.',
    }),
  ],
  preview: {
    select: {line: 'line', field: 'field', text: 'text'},
    prepare: ({line, field, text}) => ({
      title: field ?? 'Nowhere',
      subtitle: [line && `Line ${line}`, text].filter(Boolean).join(' · '),
    }),
  },
})
