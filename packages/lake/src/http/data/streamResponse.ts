import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {EventStream} from '../../stream/eventStreams.ts'
import {stillHasAccess} from '../routing/checkAccess.ts'
import type {RequestContext} from '../routing/route.ts'

/**
 * The stream that answers a listener. It ends when the client goes away, and when the caller may not
 * read any more what they could read when they came: a client connects again, and is told why not.
 * @throws 429 when too many are open.
 */
export const openStream = (context: RequestContext): EventStream => {
  const {lake, request, caller} = context
  const stream = lake.streams.open({
    // Everybody without a token at one address is one client.
    name: `${caller.user?.id ?? ''} ${request.address}`,
    isSignedIn: caller.user !== null,
  })
  request.signal.addEventListener('abort', stream.end)
  stream.onEnd(lake.accessWatch.watch(() => stillHasAccess(context), stream.end))
  return stream
}

/** @param cut Aborted when the stream breaks off. */
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
