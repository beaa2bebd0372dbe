import {defineArrayMember, defineField} from 'sanity'

import {advised} from '../../validation/advised.ts'
import {webAddress} from '../../validation/webAddress.ts'

/** What a video and a sound recording have in common. */
export const recordingFields = [
  defineField({
    name: 'url',
    title: 'Link',
    type: 'url',
    validation: (rule) =>
      rule
        .required()
        .uri(webAddress)
        .error('Paste the full address of the recording, starting with https://'),
  }),
  defineField({
    name: 'title',
    type: 'string',
    description: 'What is seen or heard: read aloud before the player, and shown without it.',
    validation: (rule) => rule.required().error('Say in a few words what is seen or heard.'),
  }),
  defineField({name: 'caption', type: 'text', rows: 2}),
  defineField({
    name: 'credits',
    type: 'array',
    of: [defineArrayMember({type: 'creditLine'})],
  }),
  defineField({
    name: 'transcript',
    type: 'text',
    rows: 4,
    validation: (rule) =>
      rule.custom(advised('Add a transcript for readers who cannot hear the recording.')).info(),
  }),
]
