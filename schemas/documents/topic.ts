import {TagIcon} from '@sanity/icons/Tag'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {notMergedIntoItself} from '../validation/notMergedIntoItself.ts'
import {parentHasNoCycle} from '../validation/parentHasNoCycle.ts'
import {slugFromName} from './slugFromName.ts'
import {topicKinds} from './topicKinds.ts'

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
      title: 'External ids',
      type: 'array',
      of: [defineArrayMember({type: 'externalId'})],
    }),
    defineField({
      name: 'mergedInto',
      title: 'Merged into',
      type: 'reference',
      to: [{type: 'topic'}],
      description: 'When two topics turn out to be one: the topic that remains.',
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
