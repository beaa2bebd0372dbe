import type {Caller} from '../access/caller.ts'
import type {EventStream} from '../stream/eventStreams.ts'
import type {Exchange} from './route.ts'

/**
 * The stream that answers a listener; it ends when the client goes away.
 * @param caller Who listens; a ticket may stand for somebody else than the request's own caller.
 * @throws 429 when too many are open.
 */
export const openStream = ({lake, request}: Exchange, {user}: Caller): EventStream => {
  const stream = lake.streams.open({
    // Everybody without a token at one address is one client.
    name: `${user?.id ?? ''} ${request.address}`,
    isSignedIn: user !== null,
  })
  request.signal.addEventListener('abort', stream.end)
  return stream
}
