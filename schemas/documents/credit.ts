import {BookmarkIcon} from '@sanity/icons/Bookmark'
import {defineField, defineType} from 'sanity'

import {languageTag} from '../validation/languageTag.ts'
import {webAddress} from '../validation/webAddress.ts'
import {workHasLink} from '../validation/workHasLink.ts'
import {workNamesPublisher} from '../validation/workNamesPublisher.ts'
import {creditKinds} from './creditKinds.ts'

/** Whoever or whatever a story or picture is owed to. One document, however often it is named. */
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
      description: 'Letter for letter as they write it: a name, or the title of a work.',
      validation: (rule) => rule.required().error('Write the name or title, letter for letter.'),
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
      title: 'Exact wording owed',
      type: 'string',
      description: 'When the name alone is not enough, such as “Photo: PA Images/Alamy”.',
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
      description: 'A language tag, such as “ru”. Empty when it is not known.',
      validation: (rule) => rule.custom(languageTag).error(),
    }),
    defineField({
      name: 'logo',
      type: 'image',
      description: 'Its alternative text is the name.',
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
