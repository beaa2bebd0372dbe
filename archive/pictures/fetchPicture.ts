/**
 * Fetches a picture of an imported story from the web: by https only, from hosts that `site.json`
 * names, and never from a private address, so that an archive cannot make the import read what only
 * this machine can reach.
 */
import {lookup} from 'node:dns'
import type {ClientRequest, IncomingMessage, RequestOptions} from 'node:http'
import {request as httpsRequest} from 'node:https'
import {BlockList, isIP, type LookupFunction} from 'node:net'

/** A picture that cannot be had; the message says why. */
export class PictureRefused extends Error {}

const BYTES_MAX = 50_000_000
const TIMEOUT_MS = 30_000
const REDIRECTS_MAX = 3

const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6')
}

/** Whether an IP address is one of the open internet. IPv4 inside IPv6 is judged as IPv4. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  return !PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Why an address must not be fetched; undefined if it may be. */
export function whyNotFetched(address: string, hosts: readonly string[]): string | undefined {
  const url = URL.parse(address)
  if (!url) return 'it is not in the archive'
  if (url.protocol !== 'https:') return 'it is not in the archive, and its address is not https'
  if (url.port !== '' || url.username !== '') return 'its address has a port or a user name'
  if (hosts.includes(url.hostname)) return undefined
  return `it is not in the archive, and "pictureHosts" in site.json does not name ${url.hostname}`
}

export interface Web {
  /** Names of hosts, without ports. */
  readonly hosts: readonly string[]
  /** How a request is made; node:https if it is not given. */
  readonly request?: (url: URL, options: RequestOptions) => ClientRequest
  /** Which addresses of hosts may be reached; those of the open internet if it is not given. */
  readonly isOpen?: (address: string) => boolean
}

/** Throws a PictureRefused. */
export async function fetchPicture(address: string, web: Web): Promise<Buffer> {
  let url = address
  for (let left = REDIRECTS_MAX; left >= 0; left -= 1) {
    const reason = whyNotFetched(url, web.hosts)
    if (reason !== undefined) throw new PictureRefused(reason)
    const answer = await get(new URL(url), web)
    const {headers, statusCode = 0} = answer
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      answer.resume()
      url = new URL(headers.location, url).href
      continue
    }
    if (statusCode !== 200 || !headers['content-type']?.startsWith('image/')) {
      answer.destroy()
      const type = headers['content-type'] ?? 'nothing'
      throw new PictureRefused(`${url} answered with status ${statusCode} and ${type}`)
    }
    return await bytesOf(answer)
  }
  throw new PictureRefused(`${address} redirects more than ${REDIRECTS_MAX} times`)
}

function get(url: URL, {isOpen = isPublic, request = httpsRequest}: Web): Promise<IncomingMessage> {
  const {promise, reject, resolve} = Promise.withResolvers<IncomingMessage>()
  const fail = (error: unknown): void =>
    reject(
      error instanceof PictureRefused ? error : new PictureRefused(`${url.href}: ${String(error)}`),
    )
  const name = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0 && !isOpen(name)) {
    fail(new PictureRefused(`${name} is a private address`))
    return promise
  }
  const sent = request(url, {lookup: openLookup(isOpen), timeout: TIMEOUT_MS, agent: false})
  sent.on('response', resolve)
  sent.on('timeout', () => sent.destroy(new PictureRefused(`${url.href} did not answer in time`)))
  sent.on('error', fail)
  sent.end()
  return promise
}

/** Looks up a host and refuses private addresses, at the time of the connection itself. */
function openLookup(isOpen: (address: string) => boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, {...options, all: true}, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first) return done(error ?? new Error(`${host} has no address`), '', 4)
      const hidden = addresses.find(({address}) => !isOpen(address))
      if (hidden) {
        return done(new PictureRefused(`${host} is at a private address, ${hidden.address}`), '', 4)
      }
      if (options.all) return done(null, addresses)
      done(null, first.address, first.family)
    })
  }
}

async function bytesOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > BYTES_MAX) throw new PictureRefused(`it has more than ${BYTES_MAX} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
