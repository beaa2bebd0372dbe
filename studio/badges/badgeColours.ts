/** The colours of what readers see of an article, for its badge. */
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
