/** Sends every commit to an event stream, until the dataset or the stream ends. */
import {encode} from 'eventsource-encoder'

import type {Commit} from '../core/commit.ts'
import type {CommitStream} from './commitStream.ts'
import type {EventStream} from './eventStreams.ts'
import type {Subscription} from './subscription.ts'

/**
 * @param subscription Selects the notifications of commits that another thread made.
 * @param events Encodes a commit as server-sent events; none when the client need not know of it.
 */
export const streamCommits = (
  commits: CommitStream,
  stream: Pick<EventStream, 'push' | 'end' | 'onEnd'>,
  subscription: Subscription,
  events: (commit: Commit) => readonly Uint8Array[],
): void => {
  const fail = (description: string): void => {
    stream.push(encode({event: 'channelError', data: JSON.stringify({error: {description}})}))
    stream.end()
  }
  stream.onEnd(
    commits.subscribe({
      mayWait: true,
      onCommit: (commit) => {
        try {
          for (const event of events(commit)) stream.push(event)
        } catch (error) {
          // A filter that fails on these documents ends its own listener only.
          fail(error instanceof Error ? error.message : String(error))
        }
      },
      remote: {subscription, notify: stream.push, fail},
      onLoss: stream.end,
      onClose: () => {
        // Clients do not reconnect after this event.
        const data = JSON.stringify({reason: 'The dataset was deleted.'})
        stream.push(encode({event: 'disconnect', data}))
        stream.end()
      },
    }),
  )
}
