/**
 * `/auth`: signing in to a Studio. The only provider is a page of the lake that asks for a token,
 * which the owner of the data folder has. The page redirects the browser to the Studio with a code
 * that can be used once within a minute, and the Studio exchanges it for a session.
 */
import {type Caller, identityOf} from '../../access/caller.ts'
import {isOwnHost, isOwnOrigin} from '../../access/origin.ts'
import {badRequest, forbidden, notFound, unauthorized} from '../../core/errors.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {json, redirect} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {signInPage} from './signInPage.ts'

const LOGIN_PATH = '/v2021-06-07/auth/login/lake'

const ownHost = ({lake, request}: RequestContext): string => {
  const host = request.header('host')
  if (host === undefined || !isOwnHost(host, lake.hosts)) {
    throw forbidden('Sign in at a host name of the lake itself.')
  }
  return host
}

/** HTTPS ends at a proxy, so the request itself does not say which protocol its page uses. */
const addressOf = (host: string, {lake}: RequestContext): string => {
  const secure = `https://${host}`
  return lake.origins.includes(secure) ? secure : `http://${host}`
}

const providers = (context: RequestContext): LakeResponse => {
  const host = ownHost(context)
  return json({
    thirdPartyLogin: false,
    sso: false,
    providers: [{name: 'lake', title: 'This lake', url: addressOf(host, context) + LOGIN_PATH}],
  })
}

/** The address to return to: a page of this machine or of a listed origin. */
const studioUrl = (context: RequestContext): URL => {
  const host = ownHost(context)
  const {hosts, origins} = context.lake
  const text = parametersOf(context.request.search).get('origin') ?? ''
  const url = URL.parse(text)
  // `blob:http://localhost/…` has our origin too, but not necessarily our content.
  if (url === null || !isWebAddress(url)) {
    throw badRequest('Parameter "origin" must be the http or https address of the Studio.')
  }
  if (!isOwnOrigin(url.origin, host, hosts, origins)) {
    throw forbidden(`Signing in from ${url.origin} is not allowed. Add it to the lake's origins.`)
  }
  return url
}

const isWebAddress = ({protocol}: URL): boolean => protocol === 'http:' || protocol === 'https:'

/**
 * Only the lake's own page may send the form: another page could sign a user in as somebody else.
 * @throws 403 when another page sent it.
 */
const checkOwnForm = ({request}: RequestContext, host: string): void => {
  const origin = request.header('origin')
  if (origin === undefined) return
  const isOwn =
    origin === 'null'
      ? request.header('sec-fetch-site') === 'same-origin'
      : URL.parse(origin)?.host === host.toLowerCase()
  if (isOwn) return
  throw forbidden('Another page sent this form. Sign in on the page of this lake.')
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
    return signInPage(studio, 'This is a session of a Studio, not a token. Sign in with a token.')
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
    throw notFound('The sign-in code is unknown, was used already, or has expired.')
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
  // A Studio checks whether cookies work. The lake uses none, so a request without a token gets 401.
  route('GET', '/auth/id', 'signedIn', ({caller}) => json({id: identityOf(caller)})),
  route('POST', '/auth/logout', 'anyone', logOut),
]
