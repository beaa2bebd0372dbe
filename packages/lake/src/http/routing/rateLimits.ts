/**
 * Rate limits: those of hosted Sanity, per client address and second. They show how a front end or
 * an importer copes with 429, and protect a lake that other machines can reach. On one machine
 * they protect nothing and slow imports down.
 */
import {isLoopbackName} from '../../access/origin.ts'
import {tooManyRequests} from '../../core/errors.ts'
import type {LakeRequest} from '../../core/lakeRequest.ts'
import {
  MAX_CALLS_PER_SECOND,
  MAX_MUTATIONS_PER_SECOND,
  MAX_RATED_ADDRESSES,
  MAX_UPLOADS_PER_SECOND,
} from '../../core/limits.ts'

export interface RateLimits {
  /** @throws 429 when the address has used up its requests of this kind for this second. */
  count(request: Pick<LakeRequest, 'method' | 'path' | 'address'>): void
}

interface Sent {
  calls: number
  mutations: number
  uploads: number
}

/**
 * @param now Milliseconds since 1970.
 * @param whose `otherMachines` exempts the requests of this machine.
 */
export const createRateLimits = (
  now: () => number,
  whose: true | 'otherMachines' = true,
): RateLimits => {
  /** Requests per address in the present second. */
  const sent = new Map<string, Sent>()
  let second = 0

  const sentFrom = (address: string): Sent => {
    // The map has a limit: addresses beyond it share one entry.
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

/** An IPv4 address may appear as IPv6: `::ffff:127.0.0.1`. Requests without a network have no address. */
const isOfThisMachine = (address: string): boolean =>
  address === '' || isLoopbackName(address.replace(/^::ffff:/, ''))

const isMutation = (path: string): boolean => /^\/data\/(?:mutate|actions)\//.test(path)
const isUpload = (path: string): boolean => path.startsWith('/assets/')

const refusal = (most: number, what: string) =>
  tooManyRequests(`This address sent more than ${most} ${what} in one second. Slow down.`)
