import type {Access} from '../../access/accessRules.ts'
import type {Caller} from '../../access/caller.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import type {Services} from '../exchange/services.ts'

/** One request on its way through a handler: what was asked, by whom, and what answers it. */
export interface RequestContext {
  readonly lake: Services
  readonly request: LakeRequest
  /** Values of the path's `:names`, decoded; `*` is the undecoded rest. */
  readonly path: Readonly<Record<string, string>>
  /** Somebody whom the route's `access` lets in. */
  readonly caller: Caller
  /** Of the route. */
  readonly access: Access
}

export type Handler = (context: RequestContext) => LakeResponse | Promise<LakeResponse>

/**
 * Which pages in a browser may call a route, beside those of this machine and of listed origins
 * (see `crossSite.ts`): none, all, or all that open it with a link.
 */
export type OtherPages = 'none' | 'all' | 'links'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/data/doc/:dataset/:ids`; a last `*` takes whatever follows. */
  readonly path: string
  /** Who may call it: checked before the handler runs. */
  readonly access: Access
  /** Checked before that, whoever the caller is. */
  readonly otherPages: OtherPages
  readonly handler: Handler
  /**
   * With whom a request waits when the serving thread has done enough for one turn; see `schedule`.
   * Null where it never waits: the handler does next to nothing, or reads a body first and then
   * says so itself.
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
  const isCounted = access !== 'anyone' && (method === 'GET' || method === 'DELETE')
  return {method, path, access, otherPages, handler, lane: isCounted ? laneOfCaller : null}
}

/** Callers with a token wait with their like, and so do those without one. */
export const laneOfCaller = ({caller}: RequestContext): Lane =>
  caller.user === null ? 'anonymous' : 'known'
