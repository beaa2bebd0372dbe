/**
 * Handles a request from beginning to end: response cache, routing, access, the route's handler,
 * errors, CORS.
 */
import type {Access} from '../../access/accessRules.ts'
import {ANONYMOUS, type Caller} from '../../access/caller.ts'
import {hostName} from '../../access/origin.ts'
import {asLakeError, badRequest, notFound, notImplemented} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {fileFault} from '../../store/file/storageFault.ts'
import {errorResponse, json} from '../exchange/respond.ts'
import type {Services} from '../exchange/services.ts'
import {bearerToken} from '../project/signInRoutes.ts'
import {checkAccess, recheckAccess} from './checkAccess.ts'
import {preflight, withCors} from './cors.ts'
import {isFromUnnamedPage, refuseForeignPage} from './crossSite.ts'
import {holderOf} from './listenerTickets.ts'
import type {RateLimits} from './rateLimits.ts'
import {createResponseCache} from './responseCache.ts'
import type {RequestContext, Route} from './route.ts'
import {createRouter, decodeSegment} from './router.ts'
import {apiRoutes, bareRoutes} from './routes.ts'
import {schedule} from './scheduleHandler.ts'

/** Answers a request. It never throws, whatever the client sends. */
export type Handle = (
  request: LakeRequest,
  /** Answers requests outside the API: static files. */
  fallback?: (request: LakeRequest) => Promise<LakeResponse>,
) => LakeResponse | Promise<LakeResponse>

/**
 * @param report Called with errors that no client can have caused.
 * @param rates Null for no rate limits.
 */
export const createHandle = (
  lake: Services,
  report: (error: unknown) => void,
  rates: RateLimits | null,
): Handle => {
  const api = createRouter(apiRoutes, lake.fast)
  const bare = createRouter(bareRoutes, lake.fast)
  const responseCache = createResponseCache(lake.project, lake.fast)

  const answer: Handle = (request, fallback) => {
    const isApi = request.version !== ''
    const match = (isApi ? api : bare)(request.method, request.path)
    if (match === null) {
      // A malformed path gets 400 rather than 501.
      decodeSegment(request.path)
      if (isApi) throw notImplemented(`${request.method} /${request.version}${request.path}`)
      if (fallback !== undefined) return fallback(request)
      throw notFound(`There is no ${request.path}; API paths begin with a version such as /v1.`)
    }
    const {route, path} = match
    const {access, otherPages} = route
    refuseForeignPage(request, lake, otherPages)
    if (isApi) checkAddressedProject(lake, request)
    const {dataset} = path
    const caller = callerOf(lake, request, access)
    checkAccess(access, lake, caller, dataset)
    // A dataset that is being emptied will be ready soon.
    const settling = dataset === undefined ? undefined : lake.datasets.settling(dataset)
    const context: RequestContext = {lake, request, path, caller, access}
    if (settling === undefined) return begin(route, context)
    return settling.then(() => {
      recheckAccess(context)
      return begin(route, context)
    })
  }

  const fail = (error: unknown): LakeResponse => {
    const expected = asLakeError(fileFault(error) ?? error)
    if (expected) {
      // A failure of the machine, such as a full disk, belongs in the log as well.
      if (expected.cause !== undefined) report(expected)
      return errorResponse(expected)
    }
    if (isGone(error)) return errorResponse(badRequest('The request was aborted.'))
    report(error)
    return json(
      {
        statusCode: 500,
        error: 'Internal Server Error',
        message: 'The lake failed to answer. Its log has the error.',
      },
      500,
    )
  }

  const finish = (request: LakeRequest, answered: LakeResponse): LakeResponse => {
    const response = withCors(answered, request, lake)
    responseCache.keep(request, response)
    return response
  }

  return (request, fallback) => {
    if (request.method === 'OPTIONS') return preflight(request, lake)
    try {
      if (rates !== null && request.version !== '') rates.count(request)
      // A cached response was checked for its origin, which this request does not name.
      const repeated = isFromUnnamedPage(request) ? undefined : responseCache.find(request)
      if (repeated !== undefined) return repeated
      const answered = answer(request, fallback)
      if (!(answered instanceof Promise)) return finish(request, answered)
      return answered.catch(fail).then((late) => finish(request, late))
    } catch (error) {
      return finish(request, fail(error))
    }
  }
}

const begin = (
  {lane, handler}: Route,
  context: RequestContext,
): LakeResponse | Promise<LakeResponse> =>
  lane === null ? handler(context) : schedule(context, handler, lane)

/** Whether an error means that the client went away while its body was read. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')

/**
 * The caller, by token or, for a stream, by ticket.
 * @throws 401 for an unknown token, 408 for an expired ticket.
 */
const callerOf = (lake: Services, request: LakeRequest, access: Access): Caller => {
  const token = bearerToken(request.header('authorization'))
  if (token !== null) return lake.tokens.callerOf(token)
  return access === 'stream' ? lake.tokens.now(holderOf(request, lake.tickets)) : ANONYMOUS
}

/** Clients send the project id in the host name or in a header. */
const checkAddressedProject = (lake: Services, request: LakeRequest): void => {
  const inHeader = request.header('x-sanity-project-id')
  if (inHeader !== undefined) lake.checkProject(inHeader)
  const inHost = projectIn(request.header('host') ?? '')
  if (inHost !== null) lake.checkProject(inHost)
}

/** The label before `localhost`, unless it is one of the hosts for listeners. */
const projectIn = (host: string): string | null => {
  const label = /^([^.]+)\.localhost$/.exec(hostName(host))?.[1]
  return label === undefined || /^l\d+$/.test(label) ? null : label
}
