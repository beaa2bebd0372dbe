import {isLoopbackName} from '../../access/origin.ts'
import {tooManyRequests} from '../../core/errors.ts'
import type {LakeRequest} from '../../core/lakeRequest.ts'
import {
  MAX_CALLS_PER_SECOND,
  MAX_MUTATIONS_PER_SECOND,
  MAX_RATED_ADDRESSES,
  MAX_UPLOADS_PER_SECOND,
} from '../../core/limits.ts'

/**
 * The rates of hosted Sanity, per client address and second, for whoever wants to know how a front
 * end or an importer takes them, and for a lake that other machines can reach. On one machine they
 * protect nobody and slow down imports.
 */
export interface RateLimits {
  /** @throws 429 when the address has sent as many requests of the kind in this second. */
  count(request: Pick<LakeRequest, 'method' | 'path' | 'address'>): void
}

interface Sent {
  calls: number
  mutations: number
  uploads: number
}

/**
 * @param now Milliseconds since 1970.
 * @param whose `otherMachines` leaves what this machine sends alone.
 */
export const createRateLimits = (
  now: () => number,
  whose: true | 'otherMachines' = true,
): RateLimits => {
  /** What each address sent in the second; forgotten when it is over. */
  const sent = new Map<string, Sent>()
  let second = 0

  const sentFrom = (address: string): Sent => {
    // So many at once share what the last one may send: the map has a bound.
    const key = sent.has(address) || sent.size < MAX_RATED_ADDRESSES ? address : ''
    const found = sent.get(key) ?? {calls: 0, mutations: 0, uploads: 0}
    sent.set(key, found)
    return found
  }

  return {
    count: ({method, path, address}) => {
      if (whose === 'otherMachines' && isOfThisMachine(address)) return
      const current = Math.floor(now() / 1000)
      if (current !== second) {
        sent.clear()
        second = current
      }
      const own = sentFrom(address)
      if (++own.calls > MAX_CALLS_PER_SECOND) throw refusal(MAX_CALLS_PER_SECOND, 'requests')
      if (method !== 'POST') return
      if (isMutation(path) && ++own.mutations > MAX_MUTATIONS_PER_SECOND) {
        throw refusal(MAX_MUTATIONS_PER_SECOND, 'mutations')
      }
      if (isUpload(path) && ++own.uploads > MAX_UPLOADS_PER_SECOND) {
        throw refusal(MAX_UPLOADS_PER_SECOND, 'uploads')
      }
    },
  }
}

/** An IPv4 address may come as IPv6: `::ffff:127.0.0.1`. Without a network there is none. */
const isOfThisMachine = (address: string): boolean =>
  address === '' || isLoopbackName(address.replace(/^::ffff:/, ''))

const isMutation = (path: string): boolean => /^\/data\/(?:mutate|actions)\//.test(path)
const isUpload = (path: string): boolean => path.startsWith('/assets/')

const refusal = (most: number, what: string) =>
  tooManyRequests(`More than ${most} ${what} in a second came from this address.`)
