/** Schema type of a correction: an object in an article's list of corrections. */
import {EditIcon} from '@sanity/icons/Edit'
import {defineField, defineType} from 'sanity'

import {newsroomDay, newsroomTime} from '../newsroomTime.ts'
import {noWorkingNotes} from '../validation/wording.ts'

const kinds = [
  {title: 'Correction', value: 'correction'},
  {title: 'Clarification', value: 'clarification'},
  {title: 'Update', value: 'update'},
  {title: 'Editor’s note', value: 'editorsNote'},
  {title: 'Retraction', value: 'retraction'},
]

/** What readers see when a published story was wrong, unclear or has moved on. */
export const correction = defineType({
  name: 'correction',
  title: 'Correction',
  type: 'object',
  icon: EditIcon,
  fields: [
    defineField({
      name: 'kind',
      type: 'string',
      initialValue: 'correction',
      options: {list: kinds, layout: 'radio'},
      validation: (rule) => rule.required().error('Choose what kind of correction this is.'),
    }),
    defineField({
      name: 'text',
      title: 'Text of the correction',
      type: 'text',
      rows: 4,
      description: 'Readers see this. Say what was wrong and what is right, in full sentences.',
      validation: (rule) => [
        rule.required().error('Write what was wrong and what is right.'),
        rule.custom(noWorkingNotes).warning(),
      ],
    }),
    defineField({
      name: 'madeAt',
      title: 'Made at',
      type: 'datetime',
      options: newsroomTime,
      initialValue: () => new Date().toISOString(),
      validation: (rule) =>
        rule.required().error('Give the time at which the correction was made.'),
    }),
    defineField({
      name: 'show',
      title: 'Where readers see it',
      type: 'string',
      initialValue: 'end',
      options: {
        list: [
          {title: 'Above the story', value: 'top'},
          {title: 'Below the story', value: 'end'},
          {title: 'Only in the list of corrections', value: 'listOnly'},
        ],
        layout: 'radio',
      },
      validation: (rule) => rule.required().error('Choose where readers see this correction.'),
    }),
  ],
  preview: {
    select: {kind: 'kind', text: 'text', madeAt: 'madeAt'},
    prepare: ({kind, text, madeAt}) => ({
      title: text ?? 'Nothing written yet',
      subtitle: [kinds.find(({value}) => value === kind)?.title, newsroomDay(madeAt)]
        .filter(Boolean)
        .join(' · '),
    }),
  },
})
