/** Topics, and the kinds of them. */
import {TagIcon} from '@sanity/icons/Tag'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {notMergedIntoItself, parentHasNoCycle} from '../validation/topics.ts'
import {slugFromName} from './slugFromName.ts'

/** What a topic can be. Sections carry the navigation. */
export const topicKinds = [
  {title: 'Section', plural: 'Sections', value: 'section'},
  {title: 'Subject', plural: 'Subjects', value: 'subject'},
  {title: 'Person', plural: 'People', value: 'person'},
  {title: 'Organisation', plural: 'Organisations', value: 'organisation'},
  {title: 'Place', plural: 'Places', value: 'place'},
  {title: 'Event', plural: 'Events', value: 'event'},
  {title: 'Product', plural: 'Products', value: 'product'},
  {title: 'Channel', plural: 'Channels', value: 'channel'},
] as const

/** What stories are about: sections, subjects, and the people, places and things in the news. */
export const topic = defineType({
  name: 'topic',
  title: 'Topic',
  type: 'document',
  icon: TagIcon,
  fields: [
    defineField({
      name: 'name',
      type: 'string',
      validation: (rule) => rule.required().error('Write the name of the topic.'),
    }),
    slugFromName(),
    defineField({
      name: 'kind',
      type: 'string',
      options: {list: topicKinds.map(({title, value}) => ({title, value}))},
      validation: (rule) => rule.required().error('Choose what kind of topic this is.'),
    }),
    defineField({
      name: 'parent',
      title: 'Part of',
      type: 'reference',
      to: [{type: 'topic'}],
      validation: (rule) => rule.custom(parentHasNoCycle).error(),
    }),
    defineField({name: 'description', type: 'text', rows: 3}),
    defineField({
      name: 'aliases',
      title: 'Also known as',
      type: 'array',
      of: [defineArrayMember({type: 'string'})],
      options: {layout: 'tags'},
      validation: (rule) => rule.unique().error('This name is in the list twice: remove one.'),
    }),
    defineField({
      name: 'externalIds',
      title: 'External IDs',
      type: 'array',
      of: [defineArrayMember({type: 'externalId'})],
    }),
    defineField({
      name: 'mergedInto',
      title: 'Merged into',
      type: 'reference',
      to: [{type: 'topic'}],
      description: 'Duplicate topic? Choose the one to keep: its page shows the stories of both.',
      validation: (rule) => rule.custom(notMergedIntoItself).error(),
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
    select: {name: 'name', kind: 'kind', id: 'externalIds.0.value', merged: 'mergedInto.name'},
    prepare: ({name, kind, id, merged}) => ({
      title: name ?? 'No name yet',
      subtitle: [topicKinds.find(({value}) => value === kind)?.title, id, merged && `now ${merged}`]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})
