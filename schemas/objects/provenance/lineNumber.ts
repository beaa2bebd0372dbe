import {defineField} from 'sanity'

/** The number of a line in the source file, counted from 1. */
export const lineNumber = defineField({
  name: 'line',
  title: 'Line',
  type: 'number',
  validation: (rule) => rule.required().integer().min(1).error('A source line is numbered from 1.'),
})
