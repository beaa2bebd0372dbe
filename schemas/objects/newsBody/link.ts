import {LinkIcon} from '@sanity/icons/Link'
import {defineField, defineType} from 'sanity'

/** Words that lead elsewhere. */
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
        rule.required().error('Write where the link leads, or remove the link.'),
        rule
          .uri({scheme: ['http', 'https', 'mailto', 'tel']})
          .error('Write a full address: https://…, mailto:… or tel:…'),
      ],
    }),
  ],
})
