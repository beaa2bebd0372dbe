/** Responses that are event streams: opens the stream for a client, and builds the response. */
import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {EventStream} from '../../stream/eventStreams.ts'
import {stillHasAccess} from '../routing/checkAccess.ts'
import type {RequestContext} from '../routing/route.ts'

/**
 * Opens the stream for a client. It ends when the client goes away, and when the caller loses access:
 * the client then reconnects, and gets the error.
 * @throws 429 when too many are open.
 */
export const openStream = (context: RequestContext): EventStream => {
  const {lake, request, caller} = context
  const stream = lake.streams.open({
    // All anonymous callers at one address count as one client.
    name: `${caller.user?.id ?? ''} ${request.address}`,
    isSignedIn: caller.user !== null,
  })
  request.signal.addEventListener('abort', stream.end)
  stream.onEnd(lake.accessWatch.watch(() => stillHasAccess(context), stream.end))
  return stream
}

/** @param cut Aborted when the stream is cut off. */
export const eventStream = (
  body: AsyncIterable<string | Uint8Array>,
  cut?: AbortSignal,
): LakeResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  },
  body,
  ...(cut && {cut}),
})

/** A stream of one chunk. */
export const once = async function* (chunk: string): AsyncGenerator<string> {
  yield chunk
}
