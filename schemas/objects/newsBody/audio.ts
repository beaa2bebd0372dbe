import {MicrophoneIcon} from '@sanity/icons/Microphone'
import {defineField, defineType} from 'sanity'

import {recordingFields} from './recordingFields.ts'

/** A sound recording on somebody's player. */
export const audio = defineType({
  name: 'audio',
  title: 'Audio',
  type: 'object',
  icon: MicrophoneIcon,
  fields: [
    defineField({
      name: 'provider',
      type: 'string',
      options: {
        list: [
          {title: 'Spotify', value: 'spotify'},
          {title: 'Apple Podcasts', value: 'apple'},
          {title: 'SoundCloud', value: 'soundcloud'},
          {title: 'Our own player', value: 'own'},
        ],
      },
      validation: (rule) => rule.required().error('Choose who plays the recording.'),
    }),
    ...recordingFields,
  ],
  preview: {
    select: {title: 'title', provider: 'provider', url: 'url'},
    prepare: ({title, provider, url}) => ({
      title: title ?? url ?? 'No recording yet',
      subtitle: provider,
    }),
  },
})
