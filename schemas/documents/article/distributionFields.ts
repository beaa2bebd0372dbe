/**
 * The fields in an article's group “Distribution”: search, sharing, rights, access, old addresses.
 */
import {defineArrayMember, defineField} from 'sanity'

import {languageTag} from '../../validation/wording.ts'

/** Where the story goes and on what terms. */
export const distributionFields = [
  defineField({name: 'seo', title: 'Search engines', type: 'seo', group: 'distribution'}),
  defineField({name: 'social', title: 'Social media', type: 'social', group: 'distribution'}),
  defineField({name: 'rights', type: 'rights', group: 'distribution'}),
  defineField({
    name: 'access',
    title: 'Who may read it',
    type: 'string',
    group: 'distribution',
    initialValue: 'free',
    options: {
      list: [
        {title: 'Everybody', value: 'free'},
        {title: 'Registered readers', value: 'registered'},
        {title: 'Subscribers', value: 'subscriber'},
      ],
      layout: 'radio',
      direction: 'horizontal',
    },
    validation: (rule) => rule.error('Choose everybody, registered readers or subscribers.'),
  }),
  defineField({
    name: 'language',
    type: 'string',
    initialValue: 'en-GB',
    group: 'distribution',
    description: 'The language of the story. Screen readers and search engines use it.',
    validation: (rule) => rule.custom(languageTag).error(),
  }),
  defineField({
    name: 'previousSlugs',
    title: 'Retired web addresses',
    type: 'array',
    of: [defineArrayMember({type: 'previousSlug'})],
    group: 'distribution',
    readOnly: true,
    description: 'Added automatically when the address changes; old links redirect.',
  }),
  defineField({
    name: 'formerAddresses',
    title: 'Addresses at former sites',
    type: 'array',
    of: [defineArrayMember({type: 'string'})],
    group: 'distribution',
    readOnly: true,
    hidden: ({value}) => !Array.isArray(value) || value.length === 0,
    description: 'Where an imported story used to be, as path and query; old links redirect.',
  }),
]
