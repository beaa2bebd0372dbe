import {VideoIcon} from '@sanity/icons/Video'

import {recording} from './recording.ts'

/** A video on somebody's player. */
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
