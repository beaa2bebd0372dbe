/** The colours of what readers see of an article, for badges, lists and the form. */
import type {ReaderState} from '../../schemas/documents/article/readerState.ts'

/** Red for what is taken back, yellow for what is hidden for a time. */
export const badgeColours = {
  retracted: 'danger',
  onHold: 'danger',
  notPublished: undefined,
  expired: 'warning',
  embargoed: 'warning',
  scheduled: 'primary',
  live: 'success',
} as const satisfies Record<ReaderState['name'], string | undefined>

const TONES = {
  danger: 'critical',
  warning: 'caution',
  primary: 'primary',
  success: 'positive',
} as const

/** The colour of a state as cards and rows call it. */
export const toneOf = (name: ReaderState['name']) => {
  const colour = badgeColours[name]
  return colour === undefined ? undefined : TONES[colour]
}
