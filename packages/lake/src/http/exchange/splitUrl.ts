import {withMemory} from '../../core/withMemory.ts'

/** The parts of a request's URL that routing needs. */
export interface UrlParts {
  readonly version: string
  readonly path: string
  readonly search: string
}

const VERSION = /^\/(v1|vX|v\d{4}-(?:0\d|1[0-2])-[0-3]\d)(?=\/)/

/**
 * @param url Origin form, as HTTP carries it: `/v2025-02-19/data/query/production?query=*`.
 * @returns Path without the version, `search` without the question mark; both undecoded.
 */
export const splitUrl = (url: string): UrlParts => {
  const mark = url.indexOf('?')
  const whole = mark === -1 ? url : url.slice(0, mark)
  const search = mark === -1 ? '' : url.slice(mark + 1)
  const {version, path} = splitPath(whole)
  return {version, path, search}
}

/**
 * Nearly all requests go to a few paths. Sanity's migration runner begins its paths with two slashes,
 * which hosted projects take for one.
 */
const splitPath = withMemory((sent: string): Omit<UrlParts, 'search'> => {
  const whole = sent.startsWith('//') ? sent.replace(/^\/+/, '/') : sent
  const version = VERSION.exec(whole)?.[1] ?? ''
  return {version, path: version === '' ? whole : whole.slice(version.length + 1)}
}, 50)
