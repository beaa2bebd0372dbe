/** Follows the lake's live events: which sync tags changed, and whether changes are reported at all. */
import type {SanityClient} from '@sanity/client'

import type {Timers} from './timers.ts'

export interface LiveChanges {
  /** Whether the stream is open, so that no change is missed. */
  isOpen(): boolean
  close(): void
}

interface Options {
  readonly client: SanityClient
  readonly timers: Timers
  /** Drafts and releases too; needs a token. */
  readonly includeDrafts: boolean
  readonly onTags: (tags: readonly string[]) => void
  /** Changes may have been missed. */
  readonly onUnknown: () => void
}

/** Before connecting again to a lake that refused the stream, in milliseconds. */
const PAUSE = 1_000

/** Connects at once, and again whenever the stream ends, until it is closed. */
export const followLiveChanges = ({
  client,
  timers,
  includeDrafts,
  onTags,
  onUnknown,
}: Options): LiveChanges => {
  let isOpen = false
  let isClosed = false
  let cancel: (() => void) | undefined

  const again = (): void => {
    isOpen = false
    if (!isClosed) cancel = timers.after(PAUSE, connect)
  }

  const connect = (): void => {
    const subscription = client.live.events({includeDrafts}).subscribe({
      next: (event) => {
        if (event.type === 'message') onTags(event.tags)
        else if (event.type === 'reconnect' || event.type === 'goaway') isOpen = false
        else {
          // `welcome` comes after every pause, and `restart` when events were missed.
          isOpen = true
          onUnknown()
        }
      },
      error: again,
      complete: again,
    })
    cancel = () => subscription.unsubscribe()
  }

  connect()
  return {
    isOpen: () => isOpen,
    close: () => {
      isClosed = true
      isOpen = false
      cancel?.()
    },
  }
}
