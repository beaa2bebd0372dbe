/** Credits, and the kinds of them. */
import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {defineField, defineType} from 'sanity'

import {webAddress} from '../validation/addresses.ts'
import {workHasLink, workNamesPublisher} from '../validation/credits.ts'
import {languageTag} from '../validation/wording.ts'

/** What can be credited. */
export const creditKinds = [
  {title: 'Publisher', plural: 'Publishers', value: 'publisher'},
  {title: 'Agency', plural: 'Agencies', value: 'agency'},
  {title: 'Photographer', plural: 'Photographers', value: 'photographer'},
  {title: 'Published work (article, book, report)', plural: 'Published works', value: 'work'},
  {title: 'Data set', plural: 'Data sets', value: 'dataset'},
  {title: 'Organisation', plural: 'Organisations', value: 'organisation'},
] as const

/** A person, an organisation or a work that stories and pictures credit. One document for each. */
export const credit = defineType({
  name: 'credit',
  title: 'Credit',
  type: 'document',
  icon: BookmarkIcon,
  fields: [
    defineField({
      name: 'kind',
      type: 'string',
      options: {list: creditKinds.map(({title, value}) => ({title, value}))},
      validation: (rule) => rule.required().error('Choose what kind of credit this is.'),
    }),
    defineField({
      name: 'name',
      type: 'string',
      description:
        'Exactly as they write it: a name, or the title of a work. Readers see it in credits.',
      validation: (rule) =>
        rule.required().error('Write the name or title exactly as they write it.'),
    }),
    defineField({
      name: 'publisher',
      type: 'reference',
      to: [{type: 'credit'}],
      options: {filter: 'kind == "publisher"'},
      hidden: ({document}) => document?.['kind'] !== 'work' && !document?.['publisher'],
      validation: (rule) => rule.custom(workNamesPublisher).error(),
    }),
    defineField({
      name: 'creditText',
      title: 'Required wording',
      type: 'string',
      description: 'Readers see this instead of the name, for example “Photo: PA Images/Alamy”.',
    }),
    defineField({
      name: 'url',
      title: 'Link',
      type: 'url',
      validation: (rule) => [
        rule.uri(webAddress).error('Write the full address, starting with https://'),
        rule.custom(workHasLink).warning(),
      ],
    }),
    defineField({
      name: 'publishedOn',
      title: 'Published on',
      type: 'date',
      options: {dateFormat: 'D MMM YYYY'},
      hidden: ({document}) => document?.['kind'] !== 'work' && !document?.['publishedOn'],
    }),
    defineField({
      name: 'language',
      type: 'string',
      description: 'Leave empty if you do not know it.',
      validation: (rule) => rule.custom(languageTag).error(),
    }),
    defineField({
      name: 'logo',
      type: 'image',
      description: 'The name is used as alternative text.',
    }),
  ],
  orderings: [
    {name: 'name', title: 'Name, A–Z', by: [{field: 'name', direction: 'asc'}]},
    {
      name: 'kind',
      title: 'Kind, then name',
      by: [
        {field: 'kind', direction: 'asc'},
        {field: 'name', direction: 'asc'},
      ],
    },
  ],
  preview: {
    select: {name: 'name', kind: 'kind', publisher: 'publisher.name', media: 'logo'},
    prepare: ({name, kind, publisher, media}) => ({
      title: name ?? 'No name yet',
      subtitle: [creditKinds.find(({value}) => value === kind)?.title, publisher]
        .filter(Boolean)
        .join(' · '),
      media: media ?? BookmarkIcon,
    }),
  },
})
