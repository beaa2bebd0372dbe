/** Embedded videos and sound recordings from other sites. */
import {MicrophoneIcon} from '@sanity/icons/Microphone'
import {VideoIcon} from '@sanity/icons/Video'
import {defineArrayMember, defineField, defineType, type ObjectDefinition} from 'sanity'

import {webAddress} from '../../validation/addresses.ts'
import {advised} from '../../validation/wording.ts'

/** What a video and a sound recording have in common. */
const recordingFields = [
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
    description:
      'What readers will see or hear. Screen readers read it before the player; readers without the player see it instead.',
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

interface Recording<Name extends string> {
  readonly name: Name
  readonly title: string
  readonly icon: ObjectDefinition['icon']
  /** What an editor calls one, such as “video”. */
  readonly noun: string
  /** Whose player it can be. */
  readonly providers: readonly {readonly title: string; readonly value: string}[]
}

/** An embedded video or sound recording. */
const recording = <const Name extends string>({
  name,
  title,
  icon,
  noun,
  providers,
}: Recording<Name>) => {
  const players = [...providers, {title: 'Our own player', value: 'own'}]
  return defineType({
    name,
    title,
    type: 'object',
    icon,
    fields: [
      defineField({
        name: 'provider',
        type: 'string',
        options: {list: players},
        validation: (rule) => rule.required().error(`Choose who plays the ${noun}.`),
      }),
      ...recordingFields,
    ],
    preview: {
      select: {title: 'title', provider: 'provider', url: 'url'},
      prepare: ({title: said, provider, url}) => ({
        title: said ?? url ?? `No ${noun} yet`,
        subtitle: players.find(({value}) => value === provider)?.title,
      }),
    },
  })
}

/** An embedded video. */
export const video = recording({
  name: 'video',
  title: 'Video',
  icon: VideoIcon,
  noun: 'video',
  providers: [
    {title: 'YouTube', value: 'youtube'},
    {title: 'Vimeo', value: 'vimeo'},
    {title: 'Dailymotion', value: 'dailymotion'},
  ],
})

/** An embedded sound recording. */
export const audio = recording({
  name: 'audio',
  title: 'Audio',
  icon: MicrophoneIcon,
  noun: 'recording',
  providers: [
    {title: 'Spotify', value: 'spotify'},
    {title: 'Apple Podcasts', value: 'apple'},
    {title: 'SoundCloud', value: 'soundcloud'},
  ],
})
