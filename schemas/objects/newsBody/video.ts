import {VideoIcon} from '@sanity/icons/Video'
import {defineField, defineType} from 'sanity'

import {recordingFields} from './recordingFields.ts'

/** A video on somebody's player. */
export const video = defineType({
  name: 'video',
  title: 'Video',
  type: 'object',
  icon: VideoIcon,
  fields: [
    defineField({
      name: 'provider',
      type: 'string',
      options: {
        list: [
          {title: 'YouTube', value: 'youtube'},
          {title: 'Vimeo', value: 'vimeo'},
          {title: 'Dailymotion', value: 'dailymotion'},
          {title: 'Our own player', value: 'own'},
        ],
      },
      validation: (rule) => rule.required().error('Choose who plays the video.'),
    }),
    ...recordingFields,
  ],
  preview: {
    select: {title: 'title', provider: 'provider', url: 'url'},
    prepare: ({title, provider, url}) => ({
      title: title ?? url ?? 'No video yet',
      subtitle: provider,
    }),
  },
})
