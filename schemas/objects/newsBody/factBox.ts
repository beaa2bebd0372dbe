import {InfoOutlineIcon} from '@sanity/icons/InfoOutline'
import {defineField, defineType} from 'sanity'

import {storyBlock} from './storyBlock.ts'

/** Background beside the story: who, what, when, at a glance. */
export const factBox = defineType({
  name: 'factBox',
  title: 'Fact box',
  type: 'object',
  icon: InfoOutlineIcon,
  fields: [
    defineField({
      name: 'title',
      type: 'string',
      validation: (rule) => rule.required().error('Give the fact box a title.'),
    }),
    defineField({
      name: 'body',
      title: 'Text',
      type: 'array',
      of: [storyBlock],
      validation: (rule) => rule.required().min(1).error('Write the facts, or remove the box.'),
    }),
  ],
  preview: {
    select: {title: 'title'},
    prepare: ({title}) => ({title: title ?? 'No title yet', subtitle: 'Fact box'}),
  },
})
