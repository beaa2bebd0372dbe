import {encode} from 'eventsource-encoder'

import type {Commit} from '../core/commit.ts'
import type {CommitStream} from './commitStream.ts'
import type {EventStream} from './eventStreams.ts'
import type {Subscription} from './subscription.ts'

/**
 * Tells a stream of every commit until either ends.
 * @param subscription What it is to hear, for commits that another thread made.
 * @param events The commit as encoded server-sent events; none when it is no news.
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
          // A filter that cannot be evaluated on these documents concerns its own listener alone.
          fail(error instanceof Error ? error.message : String(error))
        }
      },
      remote: {subscription, notify: stream.push, fail},
      onLoss: stream.end,
      onClose: () => {
        // Clients do not come back after this event.
        const data = JSON.stringify({reason: 'The dataset was deleted.'})
        stream.push(encode({event: 'disconnect', data}))
        stream.end()
      },
    }),
  )
}
