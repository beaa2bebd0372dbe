import {type Caller, identityOf} from '../../access/caller.ts'
import {isOwnHost, isOwnOrigin} from '../../access/origin.ts'
import {badRequest, forbidden, notFound, unauthorized} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {json, redirect} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {signInPage} from './signInPage.ts'

/**
 * Signing in to a Studio without an account elsewhere. The one provider is a page of the lake that
 * asks for a token: whoever has the data folder has one. The page sends the browser back with a
 * code that is good once and for a minute, and the Studio exchanges it for a session.
 */

const LOGIN_PATH = '/v2021-06-07/auth/login/lake'

const ownHost = ({lake, request}: RequestContext): string => {
  const host = request.header('host')
  if (host === undefined || !isOwnHost(host, lake.hosts)) {
    throw forbidden('Signing in works only under a host name of the lake itself.')
  }
  return host
}

const providers = (context: RequestContext): LakeResponse => {
  const host = ownHost(context)
  return json({
    thirdPartyLogin: false,
    sso: false,
    providers: [{name: 'lake', title: 'This lake', url: `http://${host}${LOGIN_PATH}`}],
  })
}

/** Where the browser goes back to: a page of this machine or of a listed origin, nobody else's. */
const studioUrl = (context: RequestContext): URL => {
  const host = ownHost(context)
  const {hosts, origins} = context.lake
  const text = parametersOf(context.request.search).get('origin') ?? ''
  const url = URL.parse(text)
  // The origin of `blob:http://localhost/…` is ours too, and what it shows need not be.
  if (url === null || !isWebAddress(url)) {
    throw badRequest('Parameter "origin" must be the http or https address of the Studio.')
  }
  if (!isOwnOrigin(url.origin, host, hosts, origins)) {
    throw forbidden(`${url.origin} may not sign in here. List it under the lake's origins.`)
  }
  return url
}

const isWebAddress = ({protocol}: URL): boolean => protocol === 'http:' || protocol === 'https:'

/**
 * The form comes from the lake's own page, not from one that wants somebody to sign in as another.
 * @throws 403 when a browser says that it comes from elsewhere.
 */
const checkOwnForm = ({request}: RequestContext, host: string): void => {
  const origin = request.header('origin')
  if (origin === undefined) return
  const isOwn =
    origin === 'null'
      ? request.header('sec-fetch-site') === 'same-origin'
      : URL.parse(origin)?.host === host.toLowerCase()
  if (isOwn) return
  throw forbidden('Sign in with the form of this lake: this one was sent by another page.')
}

const loginForm = (context: RequestContext): LakeResponse => signInPage(studioUrl(context), null)

const login = async (context: RequestContext): Promise<LakeResponse> => {
  const studio = studioUrl(context)
  checkOwnForm(context, ownHost(context))
  const body = await context.request.body(MAX_SMALL_BODY_BYTES)
  const token = new URLSearchParams(new TextDecoder().decode(body)).get('token')?.trim() ?? ''
  const caller = holderOf(context, token)
  if (caller === null) return signInPage(studio, 'The lake does not know this token.')
  if (caller.isSession) {
    return signInPage(studio, 'This is a session of a Studio. Sign in with a token instead.')
  }
  studio.hash = `sid=${context.lake.signIns.issue(caller)}`
  return redirect(studio.href, 303)
}

const holderOf = ({lake}: RequestContext, token: string): Caller | null => {
  try {
    return lake.tokens.callerOf(token)
  } catch {
    return null
  }
}

const exchangeCode = ({lake, request}: RequestContext): LakeResponse => {
  const code = parametersOf(request.search).get('sid') ?? ''
  const caller = lake.signIns.take(code)
  if (caller === undefined)
    throw notFound('The sign-in code is unknown, used or older than a minute.')
  return json({token: lake.tokens.startSession(caller)})
}

const logOut = ({lake, request}: RequestContext): LakeResponse => {
  const token = bearerToken(request.header('authorization'))
  if (token !== null) lake.tokens.end(token)
  return json({})
}

/** The token of an `Authorization: Bearer …` header; null when there is no such header. */
export const bearerToken = (authorization: string | undefined): string | null => {
  if (authorization === undefined) return null
  const token = /^bearer +(\S+)$/i.exec(authorization)?.[1]
  if (token === undefined) throw unauthorized('The Authorization header must be "Bearer <token>".')
  return token
}

export const signInRoutes = [
  route('GET', '/auth/providers', 'anyone', providers),
  route('GET', '/auth/login/lake', 'anyone', loginForm, 'links'),
  route('POST', '/auth/login/lake', 'anyone', login),
  route('GET', '/auth/fetch', 'anyone', exchangeCode),
  // A Studio asks whether cookies work; there are none, so nobody is signed in by one.
  route('GET', '/auth/id', 'signedIn', ({caller}) => json({id: identityOf(caller)})),
  route('POST', '/auth/logout', 'anyone', logOut),
]
