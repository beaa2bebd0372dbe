/**
 * The address of a lake behind a proxy: where clients reach it, which host names are then its own,
 * and which pages may use it. One option sets all three, because each is wrong without the others.
 */
import {hostName} from '../access/origin.ts'
import {FixableError} from '../core/errors.ts'
import type {LakeOptions} from '../open/lakeOptions.ts'

/** The options of `createLake` for a lake that clients reach at one address. */
export interface PublicAddress extends Pick<LakeOptions, 'url' | 'hosts' | 'origins'> {
  readonly url: string
  readonly hosts: readonly string[]
  readonly origins: readonly string[]
}

/**
 * Reads the address at which a proxy serves a lake. Sanity's client puts the project id before the
 * host name unless `useProjectHostname` is false, so that name is the lake's as well.
 * @throws FixableError for anything but a web address without a path.
 * @example
 * const lake = createLake(publicAddress('https://news.example', 'copydesk'))
 */
export const publicAddress = (text: string, projectId: string): PublicAddress => {
  const url = URL.parse(text)
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (!isOrigin) {
    throw new FixableError(
      `--url must be a web address without a path, such as https://news.example, not "${text}".`,
    )
  }
  const prefix = `${projectId}.`
  const bare = url.host.startsWith(prefix) ? url.host.slice(prefix.length) : url.host
  const addresses = [bare, prefix + bare]
  return {
    url: url.origin,
    hosts: addresses.map((address) => hostName(address)),
    origins: addresses.map((address) => `${url.protocol}//${address}`),
  }
}
