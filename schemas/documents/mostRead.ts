/** Schema type of a most-read list: a document for each day and website. */
import {ChartUpwardIcon} from '@sanity/icons/ChartUpward'
import {defineArrayMember, defineField, defineType} from 'sanity'

import {newsroomDay} from '../newsroomTime.ts'

/** What readers read most on one day. A snapshot: it does not change when stories do. */
export const mostRead = defineType({
  name: 'mostRead',
  title: 'Most read',
  type: 'document',
  icon: ChartUpwardIcon,
  fields: [
    defineField({
      name: 'capturedOn',
      title: 'Date of the list',
      type: 'date',
      options: {dateFormat: 'D MMM YYYY'},
      validation: (rule) => rule.required().error('Set the date of the list.'),
    }),
    defineField({
      name: 'publisher',
      title: 'Website',
      type: 'reference',
      to: [{type: 'credit'}],
      options: {filter: 'kind == "publisher"'},
      description: 'Leave empty if the list is from our own site.',
    }),
    defineField({
      name: 'items',
      title: 'Stories',
      type: 'array',
      of: [defineArrayMember({type: 'mostReadItem'})],
      description: 'The most read first.',
      validation: (rule) => rule.required().min(1).error('Add at least one story to the list.'),
    }),
    defineField({
      name: 'provenance',
      type: 'provenance',
      options: {collapsible: true, collapsed: true},
      hidden: ({value}) => value === undefined,
    }),
  ],
  orderings: [
    {name: 'newest', title: 'Newest first', by: [{field: 'capturedOn', direction: 'desc'}]},
  ],
  preview: {
    select: {capturedOn: 'capturedOn', publisher: 'publisher.name', first: 'items.0.headline'},
    prepare: ({capturedOn, publisher, first}) => ({
      title: ['Most read', publisher, newsroomDay(capturedOn)].filter(Boolean).join(' · '),
      subtitle: first,
    }),
  },
})
