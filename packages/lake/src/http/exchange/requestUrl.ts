/**
 * Reads the URL of a request: API version, path, and parameters. A wrong value of a parameter is
 * an error, never ignored.
 */
import {badRequest} from '../../core/errors.ts'
import {isRequestTag} from '../../core/ids.ts'

/** The parts of a request's URL that routing needs. */
export interface UrlParts {
  readonly version: string
  readonly path: string
  readonly search: string
}

const VERSION = /^\/(v1|vX|v\d{4}-(?:0\d|1[0-2])-[0-3]\d)(?=\/)/

/**
 * @param url As in the request line: `/v2025-02-19/data/query/production?query=*`.
 * @returns Path without the version, `search` without the question mark; both still encoded.
 */
export const splitUrl = (url: string): UrlParts => {
  const mark = url.indexOf('?')
  const whole = mark === -1 ? url : url.slice(0, mark)
  const search = mark === -1 ? '' : url.slice(mark + 1)
  const {version, path} = splitPath(whole)
  return {version, path, search}
}

/**
 * Sanity's migration runner starts its paths with two slashes, which hosted projects read as one.
 */
const splitPath = (sent: string): Omit<UrlParts, 'search'> => {
  const whole = sent.startsWith('//') ? sent.replace(/^\/+/, '/') : sent
  const version = VERSION.exec(whole)?.[1] ?? ''
  return {version, path: version === '' ? whole : whole.slice(version.length + 1)}
}

export const parametersOf = (search: string): URLSearchParams => new URLSearchParams(search)

/** `true` or `false`; `otherwise` when it is missing or empty. */
export const flag = (parameters: URLSearchParams, name: string, otherwise = false): boolean => {
  const value = parameters.get(name)
  if (value === null || value === '') return otherwise
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  throw badRequest(`Parameter "${name}" must be true or false, not "${value}".`)
}

/** An integer from `least` to `most`; `otherwise` when it is missing or empty. */
export const wholeNumber = (
  parameters: URLSearchParams,
  name: string,
  {otherwise, least, most}: {otherwise: number; least: number; most: number},
): number => {
  const value = parameters.get(name)
  if (value === null || value === '') return otherwise
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (number >= least && number <= most) return number
  throw badRequest(`Parameter "${name}" must be an integer from ${least} to ${most}.`)
}

/** Checks the request's tag, whose grammar is documented. */
export const checkTag = (parameters: URLSearchParams): void => {
  const tag = parameters.get('tag')
  if (tag === null || isRequestTag(tag)) return
  throw badRequest(
    'Parameter "tag" must be 1 to 75 letters, digits, dots, underscores and hyphens.',
  )
}
