import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {defineField, defineType} from 'sanity'

/** Words in the text that name a source: the same document as in the story's list of credits. */
export const attribution = defineType({
  name: 'attribution',
  title: 'Named source',
  type: 'object',
  icon: BookmarkIcon,
  fields: [
    defineField({
      name: 'credit',
      title: 'Source',
      type: 'reference',
      to: [{type: 'credit'}],
      validation: (rule) =>
        rule.required().error('Choose the source that these words name, or remove the mark.'),
    }),
  ],
})
