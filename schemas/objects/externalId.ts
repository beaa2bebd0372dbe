/** Schema type of an external ID: an object that links a topic to Wikidata, IPTC or ISO. */
import {LinkIcon} from '@sanity/icons/Link'
import {defineField, defineType} from 'sanity'

import {externalIdFitsScheme, externalIdIsFree} from '../validation/topics.ts'

const schemes = [
  {title: 'Wikidata', value: 'wikidata'},
  {title: 'IPTC Media Topic', value: 'iptc'},
  {title: 'ISO 3166-1 country', value: 'iso3166-1'},
]

/** The same thing under another authority's name, so that machines can tell two Londons apart. */
export const externalId = defineType({
  name: 'externalId',
  title: 'External ID',
  type: 'object',
  icon: LinkIcon,
  fields: [
    defineField({
      name: 'scheme',
      type: 'string',
      options: {list: schemes, layout: 'radio', direction: 'horizontal'},
      validation: (rule) => rule.required().error('Choose whose ID this is.'),
    }),
    defineField({
      name: 'value',
      title: 'ID',
      type: 'string',
      validation: (rule) => [
        rule.required().error('Write the ID, or remove this entry.'),
        rule.custom(externalIdFitsScheme).error(),
        rule.custom(externalIdIsFree).warning(),
      ],
    }),
  ],
  preview: {
    select: {scheme: 'scheme', value: 'value'},
    prepare: ({scheme, value}) => ({
      title: value ?? 'No ID yet',
      subtitle: schemes.find((known) => known.value === scheme)?.title,
    }),
  },
})
