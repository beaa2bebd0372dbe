import {RemoveCircleIcon} from '@sanity/icons/RemoveCircle'
import {defineField, defineType} from 'sanity'

import {lineNumber} from './lineNumber.ts'

const kinds = [
  {title: 'Archive header', value: 'archiveHeader'},
  {title: 'Advertisement', value: 'advert'},
  {title: 'Call to action', value: 'callToAction'},
  {title: 'See also', value: 'seeAlso'},
  {title: 'Heading of the most-read list', value: 'mostReadHeading'},
  {title: 'Repeated most-read headline', value: 'mostReadRepeat'},
  {title: 'Name on the author box', value: 'authorBoxName'},
  {title: 'Heading of the credits', value: 'creditsHeading'},
  {title: 'Summary of the credits', value: 'creditsSummary'},
  {title: 'Only spaces', value: 'whitespace'},
  {title: 'Could not be placed', value: 'unplaced'},
]

/** A line of the page around the story: kept letter for letter, shown to nobody. */
export const furnitureLine = defineType({
  name: 'furnitureLine',
  title: 'Furniture',
  type: 'object',
  icon: RemoveCircleIcon,
  fields: [
    lineNumber,
    defineField({
      name: 'kind',
      type: 'string',
      options: {list: kinds},
      validation: (rule) => rule.required().error('Choose one of the listed kinds of furniture.'),
    }),
    defineField({
      name: 'text',
      title: 'As printed',
      type: 'string',
      validation: (rule) => rule.required().error('A line of furniture keeps its text.'),
    }),
  ],
  preview: {
    select: {line: 'line', kind: 'kind', text: 'text'},
    prepare: ({line, kind, text}) => ({
      title: text ?? 'Nothing',
      subtitle: [line && `Line ${line}`, kinds.find(({value}) => value === kind)?.title]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})
