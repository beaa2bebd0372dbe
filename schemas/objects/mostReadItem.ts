/** Schema type of a most-read story: an object in a most-read list. */
import {ChartUpwardIcon} from '@sanity/icons/ChartUpward'
import {defineField, defineType} from 'sanity'

import {webAddress} from '../validation/addresses.ts'

/** One line of a most-read list, as it was. The story it names may be on another site. */
export const mostReadItem = defineType({
  name: 'mostReadItem',
  title: 'Most-read story',
  type: 'object',
  icon: ChartUpwardIcon,
  fields: [
    defineField({
      name: 'headline',
      type: 'string',
      validation: (rule) => rule.required().error('Write the headline as it was in the list.'),
    }),
    defineField({
      name: 'categoryLabel',
      title: 'Category',
      type: 'string',
      description: 'As it was in the list. Only a label: it does not link to a topic.',
    }),
    defineField({
      name: 'article',
      type: 'reference',
      to: [{type: 'article'}],
      weak: true,
      description: 'If the story is on our site.',
    }),
    defineField({
      name: 'url',
      title: 'Link',
      type: 'url',
      description: 'If the story is on another site.',
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
