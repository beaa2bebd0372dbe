/**
 * Which hosts and origins count as this machine's own. A page of another site can make a browser
 * send requests here, and can make its own host name resolve to 127.0.0.1 (DNS rebinding), but it
 * cannot forge the Origin and Host headers that the browser then sends.
 */
import {isIP} from 'node:net'

/** Host name of a `Host` header or an authority, without port and brackets. */
export const hostName = (host: string): string => {
  const bare = host.toLowerCase()
  if (bare.startsWith('[')) return bare.slice(1, bare.indexOf(']'))
  const colon = bare.lastIndexOf(':')
  return colon === -1 ? bare : bare.slice(0, colon)
}

export const isLoopbackName = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '::1' ||
  (isIP(name) === 4 && name.startsWith('127.'))

/** A name can be rebound to another address, an IP address cannot: of names only our own are trusted. */
export const isOwnHost = (host: string | undefined, allowed: readonly string[]): boolean => {
  if (host === undefined) return false
  const name = hostName(host)
  return isLoopbackName(name) || isIP(name) !== 0 || allowed.includes(name)
}

/**
 * Whether a browser page of this origin may read responses: pages of this machine, pages of the
 * requested host (when that host is ours), and origins that the owner listed.
 */
export const isOwnOrigin = (
  origin: string,
  host: string | undefined,
  allowedHosts: readonly string[],
  allowedOrigins: readonly string[],
): boolean => {
  if (allowedOrigins.includes(origin)) return true
  const page = readOrigin(origin)
  if (page === null) return false
  return page.isLoopback || (page.host === host?.toLowerCase() && isOwnHost(host, allowedHosts))
}

/** Null for anything but a web origin. */
const readOrigin = (origin: string) => {
  const url = URL.parse(origin)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  return {host: url.host, isLoopback: isLoopbackName(hostName(url.host))}
}
