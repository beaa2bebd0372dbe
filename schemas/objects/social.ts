/** Schema type of an article's fields for sharing on social media. */
import {ShareIcon} from '@sanity/icons/Share'
import {defineField, defineType} from 'sanity'

import {textLimits} from '../textLimits.ts'

/** How the story looks when shared, where it differs from the page. */
export const social = defineType({
  name: 'social',
  title: 'Social media',
  type: 'object',
  icon: ShareIcon,
  options: {collapsible: true, collapsed: true},
  fields: [
    defineField({
      name: 'title',
      type: 'string',
      description: 'If empty, the headline is used.',
      validation: (rule) =>
        rule
          .max(textLimits['social.title'])
          .warning(
            `Shared titles are cut after about ${textLimits['social.title']} characters: shorten it.`,
          ),
    }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 2,
      description: 'If empty, the standfirst or the first paragraph is used.',
      validation: (rule) =>
        rule
          .max(textLimits['social.description'])
          .warning(
            `Shared descriptions are cut after about ${textLimits['social.description']} characters: shorten it.`,
          ),
    }),
    defineField({
      name: 'image',
      title: 'Picture',
      type: 'figure',
      description: 'If empty, the lead picture is used.',
    }),
  ],
})
