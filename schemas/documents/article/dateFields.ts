import {defineField} from 'sanity'

import {newsroomTime} from '../../newsroomTime.ts'
import {bodyChangeIsDated} from '../../validation/bodyChangeIsDated.ts'
import {expiresAfterPublication} from '../../validation/expiresAfterPublication.ts'
import {updatedAfterPublication} from '../../validation/updatedAfterPublication.ts'
import {updatedWithCorrection} from '../../validation/updatedWithCorrection.ts'

/** When readers are told that something happened to the story. All of it is the editor's to say. */
export const dateFields = [
  defineField({
    name: 'updatedAt',
    title: 'Updated',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description: 'Only for changes readers should know of. A mended comma does not update a story.',
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
    description: 'Published or not, readers do not see the story before this time.',
  }),
  defineField({
    name: 'expiresAt',
    title: 'Expires',
    type: 'datetime',
    group: 'dates',
    options: newsroomTime,
    description: 'Readers do not see the story from this time on.',
    validation: (rule) => rule.custom(expiresAfterPublication).error(),
  }),
  defineField({name: 'dateline', type: 'dateline', group: 'dates'}),
]
