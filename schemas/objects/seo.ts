/** Schema type of an article's fields for search engines. */
import {SearchIcon} from '@sanity/icons/Search'
import {defineField, defineType} from 'sanity'

import {textLimits} from '../textLimits.ts'
import {webAddress} from '../validation/addresses.ts'

/** What search engines get, where it differs from what readers get. */
export const seo = defineType({
  name: 'seo',
  title: 'Search engines',
  type: 'object',
  icon: SearchIcon,
  options: {collapsible: true, collapsed: true},
  fields: [
    defineField({
      name: 'title',
      type: 'string',
      description: 'If empty, the headline is used.',
      validation: (rule) =>
        rule
          .max(textLimits['seo.title'])
          .warning(
            `Search results cut titles after about ${textLimits['seo.title']} characters: shorten it.`,
          ),
    }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 2,
      description: 'If empty, the standfirst or the first paragraph is used.',
      validation: (rule) =>
        rule
          .max(textLimits['seo.description'])
          .warning(
            `Search results cut descriptions after about ${textLimits['seo.description']} characters: shorten it.`,
          ),
    }),
    defineField({
      name: 'noIndex',
      title: 'Hide from search engines',
      type: 'boolean',
    }),
    defineField({
      name: 'canonicalUrl',
      title: 'Link to the original',
      type: 'url',
      description: 'Only for a copy of a story that was first published elsewhere.',
      validation: (rule) =>
        rule
          .uri(webAddress)
          .error('Write the full address of the original story, starting with https://'),
    }),
  ],
})
