import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {defineField, defineType} from 'sanity'

/** Words that lead to another of our own pages, whatever its address becomes. */
export const internalLink = defineType({
  name: 'internalLink',
  title: 'Link to our own page',
  type: 'object',
  icon: DocumentTextIcon,
  fields: [
    defineField({
      name: 'to',
      title: 'Page',
      type: 'reference',
      to: [{type: 'article'}, {type: 'topic'}, {type: 'author'}],
      validation: (rule) => rule.required().error('Choose the page, or remove the link.'),
    }),
  ],
})
