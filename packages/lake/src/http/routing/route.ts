/** What a route is: its method and path, who may call it, and the handler that answers. */
import type {Access} from '../../access/accessRules.ts'
import type {Caller} from '../../access/caller.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import type {Services} from '../exchange/services.ts'

/** Everything that a handler needs to answer one request. */
export interface RequestContext {
  readonly lake: Services
  readonly request: LakeRequest
  /** Decoded values of the path's `:names`; `*` is the rest, still encoded. */
  readonly path: Readonly<Record<string, string>>
  /** A caller who passed the route's access rule. */
  readonly caller: Caller
  /** The route's access rule. */
  readonly access: Access
}

export type Handler = (context: RequestContext) => LakeResponse | Promise<LakeResponse>

/**
 * Which web pages may call a route, in addition to those of this machine and of listed origins (see
 * `crossSite.ts`): none, all, or all by a link.
 */
export type OtherPages = 'none' | 'all' | 'links'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/data/doc/:dataset/:ids`; a `*` at the end matches the rest of the path. */
  readonly path: string
  /** Who may call it; checked before the handler runs. */
  readonly access: Access
  /** Checked before `access`, for every caller. */
  readonly otherPages: OtherPages
  readonly handler: Handler
  /**
   * The lane in which a request waits when the event loop is busy; see `schedule`. Null where it never
   * waits: the handler does very little, or reads a body first and calls `schedule` itself.
   */
  readonly lane: ((context: RequestContext) => Lane) | null
}

export const route = (
  method: Route['method'],
  path: string,
  access: Access,
  handler: Handler,
  otherPages: OtherPages = 'none',
): Route => {
  if ((access === 'dataset' || access === 'stream') && !path.includes('/:dataset')) {
    throw new Error(`${method} ${path}: the access "${access}" needs a :dataset in the path`)
  }
  const isScheduled = access !== 'anyone' && (method === 'GET' || method === 'DELETE')
  return {method, path, access, otherPages, handler, lane: isScheduled ? laneOfCaller : null}
}

/** Callers with a token wait in one lane, anonymous callers in another. */
export const laneOfCaller = ({caller}: RequestContext): Lane =>
  caller.user === null ? 'anonymous' : 'known'
