/** Tells open previews that something changed, drafts included. */
import type {SanityClient} from '@sanity/client'

import {followLiveChanges, type LiveChanges} from '../freshness/liveChanges.ts'
import type {Timers} from '../freshness/timers.ts'

export interface PreviewChanges {
  /** An event stream with a `change` for each commit, for one open page. */
  stream(): Response
  close(): void
}

type Listener = ReadableStreamDefaultController<Uint8Array>

const encoder = new TextEncoder()

const CHANGE = encoder.encode('event: change\ndata: {}\n\n')

/** Listens to the lake while a page listens here. @param client has a token */
export const openPreviewChanges = (client: SanityClient, timers: Timers): PreviewChanges => {
  const listeners = new Set<Listener>()
  let changes: LiveChanges | undefined

  const tell = (): void => {
    for (const listener of listeners) listener.enqueue(CHANGE)
  }

  const leave = (listener: Listener): void => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    changes?.close()
    changes = undefined
  }

  return {
    stream: () => {
      let mine: Listener | undefined
      const events = new ReadableStream<Uint8Array>({
        start: (controller) => {
          mine = controller
          // Answers at once, so that the browser knows that it is connected.
          controller.enqueue(encoder.encode(': connected\n\n'))
          listeners.add(controller)
          changes ??= followLiveChanges({
            client,
            timers,
            includeDrafts: true,
            onTags: tell,
            onUnknown: tell,
          })
        },
        cancel: () => {
          if (mine) leave(mine)
        },
      })
      return new Response(events, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'private, no-store',
          // nginx would hold events back.
          'x-accel-buffering': 'no',
        },
      })
    },
    close: () => {
      for (const listener of listeners) {
        listener.close()
        leave(listener)
      }
    },
  }
}
