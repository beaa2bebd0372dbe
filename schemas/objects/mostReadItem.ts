import {ChartUpwardIcon} from '@sanity/icons/ChartUpward'
import {defineField, defineType} from 'sanity'

import {webAddress} from '../validation/webAddress.ts'

/** One line of a most-read list, as it stood. The story it names may not be ours to link to. */
export const mostReadItem = defineType({
  name: 'mostReadItem',
  title: 'Most-read story',
  type: 'object',
  icon: ChartUpwardIcon,
  fields: [
    defineField({
      name: 'headline',
      type: 'string',
      validation: (rule) => rule.required().error('Write the headline as it stood in the list.'),
    }),
    defineField({
      name: 'categoryLabel',
      title: 'Category',
      type: 'string',
      description: 'As printed. A label, not a topic.',
    }),
    defineField({
      name: 'article',
      type: 'reference',
      to: [{type: 'article'}],
      weak: true,
      description: 'When the story is here.',
    }),
    defineField({
      name: 'url',
      title: 'Link',
      type: 'url',
      description: 'When the story is elsewhere.',
      validation: (rule) =>
        rule.uri(webAddress).error('Write the full address of the story, starting with https://'),
    }),
  ],
  preview: {
    select: {headline: 'headline', category: 'categoryLabel', media: 'article.leadMedia.asset'},
    prepare: ({headline, category, media}) => ({
      title: headline ?? 'No headline yet',
      subtitle: category,
      media: media ?? ChartUpwardIcon,
    }),
  },
})
