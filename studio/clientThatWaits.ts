/**
 * The Studio's client, which waits while the lake is away instead of failing. Without it Studio 6.16
 * loses text that was typed and not saved yet:
 *
 * - A save that gets no response is undone before it is sent again. If it was the first of a draft,
 *   the form drops it with all that was typed since (`BufferedDocument` in `@sanity/mutator`).
 * - When a read fails for four seconds, such as the check of a reference, an error page replaces the
 *   desk, and its form is gone.
 *
 * Not for an API at another origin. A browser cannot tell a lake that is away from one that refuses
 * the Studio's origin, and the Studio could never show the reason. Nor may a hosted project get a save
 * twice: only a lake is known to recognise it by its transaction id.
 */
import {
  type ClientConfig,
  createClient,
  type RequestHandler,
  type RequestHandlerOptions,
  type SanityClient,
} from '@sanity/client'

export const clientThatWaits = (options: ClientConfig): SanityClient =>
  createClient({...options, requestHandler: waitingBelow(options.requestHandler)})

/** @param handler Sees only the final response, not the failed attempts. */
const waitingBelow =
  (handler: RequestHandler = (request, next) => next(request)): RequestHandler =>
  (request, next) =>
    handler(request, (sent) => untilAnswered(sent, next))

const untilAnswered: RequestHandler = async (request, next) => {
  for (;;) {
    try {
      return await next(request)
    } catch (error) {
      // Without a response, a browser's fetch throws a TypeError.
      if (!(error instanceof TypeError) || !mayRepeat(request)) throw error
      await pause(request.signal)
    }
  }
}

/** Reads, and saves of what is typed, which the lake applies once however often they arrive. */
const mayRepeat = ({method = 'GET', query}: RequestHandlerOptions): boolean =>
  method === 'GET' || tagOf(query) === 'sanity.studio.document.commit'

const tagOf = (query: unknown): unknown => {
  if (query instanceof URLSearchParams) return query.get('tag')
  return typeof query === 'object' && query !== null && 'tag' in query ? query.tag : undefined
}

/** Milliseconds between attempts. */
const PAUSE = 1000

/** @throws The signal's reason, as soon as it is aborted. */
const pause = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, PAUSE)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, {once: true})
  })
