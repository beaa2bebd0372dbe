/** Marks on words of the story that lead somewhere: to a page, or to the source they name. */
import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {DocumentTextIcon} from '@sanity/icons/DocumentText'
import {LinkIcon} from '@sanity/icons/Link'
import {defineField, defineType} from 'sanity'

/** Words that link to any address. */
export const link = defineType({
  name: 'link',
  title: 'Link',
  type: 'object',
  icon: LinkIcon,
  fields: [
    defineField({
      name: 'href',
      title: 'Link',
      type: 'url',
      validation: (rule) => [
        rule.required().error('Write the address of the link, or remove the link.'),
        rule
          .uri({scheme: ['http', 'https', 'mailto', 'tel']})
          .error('Write a full address: https://…, mailto:… or tel:…'),
      ],
    }),
  ],
})

/** Words that link to one of our own pages. The link stays right when that address changes. */
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

/** Words in the text that name a source: the same document as in the story's list of credits. */
export const attribution = defineType({
  name: 'attribution',
  title: 'Source mention',
  type: 'object',
  icon: BookmarkIcon,
  fields: [
    defineField({
      name: 'credit',
      title: 'Source',
      type: 'reference',
      to: [{type: 'credit'}],
      validation: (rule) =>
        rule.required().error('Choose the source that these words name, or remove the highlight.'),
    }),
  ],
})
