/** For tests that run over the table of routes: a sample request for each route. */
import type {Route} from './routing/route.ts'

export interface SampleRequest {
  readonly method: string
  /** With the version where the route has one, and with required parameters. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Values of a path's `:names` and `*`, not yet encoded. */
export type SampleValues = Readonly<Record<string, string>>

const VALUES: SampleValues = {
  ids: 'a',
  id: 'a',
  keys: 'k',
  job: 'j',
  hook: 'h',
  message: 'm',
  attempt: 'a',
  release: 'r1',
  schema: '_.schemas.default',
  '*': 'x',
}

/** Required parameters. */
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
      if (value === undefined) throw new Error(`${path}: there is no value for "${segment}"`)
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
