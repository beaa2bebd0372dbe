/** Schema type of a dateline: the object in an article's dateline field. */
import {PinIcon} from '@sanity/icons/Pin'
import {defineField, defineType} from 'sanity'

/** Where the story was reported from: the words readers see, and the place they mean. */
export const dateline = defineType({
  name: 'dateline',
  title: 'Dateline',
  type: 'object',
  icon: PinIcon,
  options: {columns: 2},
  fields: [
    defineField({
      name: 'text',
      type: 'string',
      description: 'As readers see it, for example “LONDON”.',
    }),
    defineField({
      name: 'place',
      type: 'reference',
      to: [{type: 'topic'}],
      options: {filter: 'kind == "place"'},
    }),
  ],
})
