/**
 * Explains to the person who starts a lake what other machines can reach, and what they can read.
 */
import {isLoopbackName} from '../access/origin.ts'
import {
  MAX_CALLS_PER_SECOND,
  MAX_MUTATIONS_PER_SECOND,
  MAX_UPLOADS_PER_SECOND,
} from '../core/limits.ts'
import type {Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'

/**
 * Whether other machines can reach a server that listens at the address.
 * @example
 * isExposed('localhost') // false
 * isExposed('0.0.0.0') // true
 */
export const isExposed = (host: string): boolean => !isLoopbackName(host.toLowerCase())

/**
 * Lines to print when a lake starts: what other machines can reach and read. None for an address that
 * only this machine can reach.
 * @param limited Whether the rates of other machines are limited.
 * @example
 * for (const line of describeExposure(lake, '0.0.0.0', true)) console.log(line)
 */
export const describeExposure = (lake: Lake, host: string, limited: boolean): readonly string[] => {
  if (!isExposed(host)) return []
  const names = lake
    .datasets()
    .filter((name) => internalsOf(lake).dataset(name).record().aclMode === 'public')
    .join(', ')
  return [
    `Other machines can reach this lake at ${host} over plain HTTP, which anyone on that network can read,`,
    'tokens included. Use a proxy with HTTPS, or leave out --host.',
    names === ''
      ? 'Without a token they can read all assets.'
      : `Without a token they can read all assets and the published documents of ${names}.`,
    limited
      ? `Each of their addresses may send ${MAX_CALLS_PER_SECOND} requests per second, ` +
        `including ${MAX_MUTATIONS_PER_SECOND} mutations and ${MAX_UPLOADS_PER_SECOND} uploads.`
      : 'There is no limit on how many requests they may send.',
  ]
}
