import {MicrophoneIcon} from '@sanity/icons/Microphone'

import {recording} from './recording.ts'

/** A sound recording on somebody's player. */
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
