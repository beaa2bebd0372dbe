/** Schema type of a retired web address: an object in an article's list of them. */
import {LinkRemovedIcon} from '@sanity/icons/LinkRemoved'
import {defineField, defineType} from 'sanity'

import {newsroomDay, newsroomTime} from '../newsroomTime.ts'

/** An address the story once had. Publishing a changed slug adds it, so that old links redirect. */
export const previousSlug = defineType({
  name: 'previousSlug',
  title: 'Retired web address',
  type: 'object',
  icon: LinkRemovedIcon,
  fields: [
    defineField({
      name: 'slug',
      type: 'string',
      validation: (rule) => rule.required().error('A retired web address needs its slug.'),
    }),
    defineField({
      name: 'retiredAt',
      title: 'Retired at',
      type: 'datetime',
      options: newsroomTime,
      description: 'Empty if an imported story does not say when.',
    }),
  ],
  preview: {
    select: {slug: 'slug', retiredAt: 'retiredAt'},
    prepare: ({slug, retiredAt}) => ({
      title: slug ?? 'No web address',
      subtitle: newsroomDay(retiredAt),
    }),
  },
})
