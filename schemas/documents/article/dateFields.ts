/** The date fields of an article: when things happened to the story, as readers see it. */
import {defineField} from 'sanity'

import {newsroomTime} from '../../newsroomTime.ts'
import {isNotOutYet} from '../../validation/dataset.ts'
import {
  bodyChangeIsDated,
  expiresAfterPublication,
  firstPublicationStays,
  updatedAfterPublication,
  updatedWithCorrection,
} from '../../validation/dates.ts'

/** When things happened to the story, as readers see it. Editors decide all of it. */
export const dateFields = [
  defineField({
    name: 'firstPublishedAt',
    title: 'First published',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description:
      'Leave empty to use the time you publish, or the time of the release. Set a future time to schedule. Later edits do not change it.',
    validation: (rule, context) => [
      // Publish or the release fills it in, so an editor may leave it empty.
      ...(isNotOutYet(context)
        ? []
        : [rule.required().error('Set the time of first publication.')]),
      rule.custom(firstPublicationStays).error(),
    ],
  }),
  defineField({
    name: 'updatedAt',
    title: 'Updated',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description:
      'Set this only for changes readers should know about, not for typos. Readers see it as the time of the last update.',
    validation: (rule) => [
      rule.custom(updatedAfterPublication).error(),
      rule.custom(updatedWithCorrection).warning(),
      rule.custom(bodyChangeIsDated).info(),
    ],
  }),
  defineField({
    name: 'embargoUntil',
    title: 'Embargoed until',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description: 'Readers cannot see the story before this time, even if it is published.',
  }),
  defineField({
    name: 'expiresAt',
    title: 'Expires',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description: 'The story disappears for readers at this time.',
    validation: (rule) => rule.custom(expiresAfterPublication).error(),
  }),
  defineField({name: 'dateline', type: 'dateline', group: 'dates'}),
]
