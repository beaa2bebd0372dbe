import type {Route} from './routing/route.ts'

/**
 * A request for a route, for tests that are made from the table of routes: who may call each, what
 * each does with hostile values.
 */
export interface SampleRequest {
  readonly method: string
  /** With the version where the route has one, and with what it cannot do without behind it. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** What stands for the `:names` of paths; `*` for the rest. Values are encoded here. */
export type SampleValues = Readonly<Record<string, string>>

const VALUES: SampleValues = {
  ids: 'a',
  id: 'a',
  keys: 'k',
  job: 'j',
  release: 'r1',
  schema: '_.schemas.default',
  '*': 'x',
}

/** Without a query these have nothing to do. */
const SEARCH: Readonly<Record<string, string>> = {
  '/data/query/:dataset': '?query=*',
  '/data/listen/:dataset': '?query=*',
}

/**
 * @param version Such as `v2025-02-19`; empty for the routes without one.
 * @param values At least `dataset` and `project`.
 */
export const sampleRequest = (
  {method, path}: Route,
  version: string,
  values: SampleValues,
): SampleRequest => {
  const all = new Map(Object.entries({...VALUES, ...values}))
  const filled = path
    .split('/')
    .map((segment) => {
      if (segment !== '*' && !segment.startsWith(':')) return segment
      const value = all.get(segment.replace(':', ''))
      if (value === undefined) throw new Error(`${path}: nothing stands for "${segment}"`)
      return encodeURIComponent(value)
    })
    .join('/')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  return {
    method,
    url: `${version === '' ? '' : `/${version}`}${filled}${SEARCH[path] ?? ''}`,
    headers: hasBody ? {'content-type': 'application/json'} : {},
    body: hasBody ? '{}' : null,
  }
}
