/** The cookie of an editor who previews: signed, so that no other program can write one. */
import {createHmac, timingSafeEqual} from 'node:crypto'

/** What a preview shows. */
export interface Session {
  /** A perspective, or the stack of a release, as queries take it. */
  readonly perspective: string | readonly string[]
  /** The Studio that opened the preview, as an origin. */
  readonly studio: string
  /** Milliseconds since 1970. */
  readonly endsAt: number
}

/** A preview ends after twelve hours. */
export const LIFE = 12 * 3_600_000

const NAME = 'site-preview'

/** Sessions signed with a key that is derived from the token, so they outlive a restart. */
export const openSessions = (token: string) => {
  const signatureOf = (payload: string): string =>
    createHmac('sha256', `site preview ${token}`).update(payload).digest('base64url')

  return {
    /** The session of a request, or null without a valid one. @param now milliseconds since 1970 */
    read: (request: Request, now: number): Session | null => {
      const value = cookieOf(request)
      if (value === null) return null
      const [payload = '', signature = ''] = value.split('.')
      const [expected, given] = [Buffer.from(signatureOf(payload)), Buffer.from(signature)]
      if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
      const session: Session = JSON.parse(Buffer.from(payload, 'base64url').toString())
      return session.endsAt > now ? session : null
    },
    /** `set-cookie` for a session, in the form that this request's browser will send back. */
    write: (session: Session, request: Request, now: number): string => {
      const payload = Buffer.from(JSON.stringify(session)).toString('base64url')
      const seconds = Math.ceil((session.endsAt - now) / 1000)
      return cookie(`${payload}.${signatureOf(payload)}`, seconds, request)
    },
    /** `set-cookie` that ends the session. */
    end: (request: Request): string => cookie('', 0, request),
  }
}

const cookieOf = (request: Request): string | null =>
  (request.headers.get('cookie') ?? '')
    .split(/; */)
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1) || null

/**
 * In the frame of a Studio on another site, browsers send only cookies that say so, and only if they
 * are secure; on the same site, such as two ports of `copydesk.localhost`, a lax one does.
 */
const cookie = (value: string, seconds: number, request: Request): string => {
  const isElsewhere = request.headers.get('sec-fetch-site') === 'cross-site'
  const site = isElsewhere ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax'
  return `${NAME}=${value}; Path=/; HttpOnly; Max-Age=${seconds}; ${site}`
}
