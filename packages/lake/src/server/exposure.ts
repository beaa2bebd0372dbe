import {isLoopbackName} from '../access/origin.ts'
import {
  MAX_CALLS_PER_SECOND,
  MAX_MUTATIONS_PER_SECOND,
  MAX_UPLOADS_PER_SECOND,
} from '../core/limits.ts'
import type {Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'

/**
 * Whether a server that listens at the address can be reached from other machines.
 * @example
 * isExposed('localhost') // false
 * isExposed('0.0.0.0') // true
 */
export const isExposed = (host: string): boolean => !isLoopbackName(host.toLowerCase())

/**
 * What listening at an address means, for the person who starts the lake: one sentence a line, and
 * none for an address of this machine only.
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
    `Other machines can reach this lake at ${host}, over plain HTTP: who can watch that network reads`,
    'all that is sent, tokens too. Put a proxy with HTTPS in front, or leave out --host.',
    names === ''
      ? 'Without a token they can read all assets.'
      : `Without a token they can read all assets and the published documents of ${names}.`,
    limited
      ? `Each of their addresses may send ${MAX_CALLS_PER_SECOND} requests a second, ` +
        `${MAX_MUTATIONS_PER_SECOND} of them mutations and ${MAX_UPLOADS_PER_SECOND} uploads.`
      : 'Nothing limits how much they send.',
  ]
}
