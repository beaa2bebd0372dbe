import type {Caller} from '../access/caller.ts'
import type {Services} from '../services.ts'
import type {LakeRequest, LakeResponse} from './exchange.ts'

/** One request on its way through a handler: what was asked, by whom, and what answers it. */
export interface Exchange {
  readonly lake: Services
  readonly request: LakeRequest
  /** Values of the path's `:names`, decoded; `*` is the undecoded rest. */
  readonly path: Readonly<Record<string, string>>
  readonly caller: Caller
}

export type Handler = (exchange: Exchange) => LakeResponse | Promise<LakeResponse>

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/data/doc/:dataset/:ids`; a last `*` takes whatever follows. */
  readonly path: string
  readonly handler: Handler
}

export const route = (method: Route['method'], path: string, handler: Handler): Route => ({
  method,
  path,
  handler,
})
