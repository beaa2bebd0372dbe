/**
 * Which addresses a lake may call. A webhook makes the lake send requests to an address that an
 * administrator types in, so without a limit it could reach services that only this machine and its
 * network can reach. Loopback is always allowed; other hosts are listed when the lake is started.
 *
 * Names are not enough: a name can point to any address, and to a different one the next time it is
 * looked up. So the check is on the address that the connection is opened to.
 */
import {BlockList, isIP, isIPv4} from 'node:net'

import {isLoopbackName} from '../access/origin.ts'

export interface Targets {
  /** Whether requests to this host may be tried: a name, or an address without brackets. */
  allowsHost(host: string): boolean
  /** Whether a connection for this host may be opened to this address. */
  allowsAddress(host: string, address: string): boolean
}

/**
 * @param entries Host names (`site.example.org`), all names below one (`*.example.org`), addresses
 *   (`192.0.2.7`), networks (`10.1.0.0/16`), or `*` for every public address. A name may only lead to
 *   public addresses and to those that are listed.
 * @throws Error that names an entry which is none of these.
 */
export const createTargets = (entries: readonly string[]): Targets => {
  const networks = new BlockList()
  const names = new Set<string>()
  const endings: string[] = []
  for (const entry of entries.map((each) => each.toLowerCase())) {
    if (addNetwork(networks, entry)) continue
    if (entry === '*') endings.push('')
    else if (/^\*\.[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(entry)) endings.push(entry.slice(1))
    else if (/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(entry)) names.add(entry)
    else {
      throw new Error(
        `"${entry}" is not a host that webhooks may call: use a host name, "*." before a name, an ` +
          'IP address, a network such as 10.1.0.0/16, or "*" for every public address.',
      )
    }
  }
  const isListed = (name: string): boolean =>
    names.has(name) || endings.some((ending) => name.endsWith(ending))

  const allowsAddress: Targets['allowsAddress'] = (host, found) => {
    const name = plainName(host)
    const address = plainAddress(found)
    if (contains(networks, address)) return true
    if (isLoopbackName(name) || contains(LOOPBACK, name)) return contains(LOOPBACK, address)
    return isListed(name) && isPublic(address)
  }
  return {
    allowsAddress,
    allowsHost: (host) => {
      const name = plainName(host)
      return isIP(name) === 0 ? isLoopbackName(name) || isListed(name) : allowsAddress(name, name)
    },
  }
}

/** Host of a URL as names are compared: without brackets and without a dot at the end. */
export const plainName = (host: string): string =>
  plainAddress(
    host
      .toLowerCase()
      .replace(/^\[|\]$/g, '')
      .replace(/\.$/, ''),
  )

/** An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`) as IPv4. */
const plainAddress = (address: string): string => {
  const [, dotted] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (dotted !== undefined) return dotted
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? []
  if (high === undefined || low === undefined) return address
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

const kindOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6')

const contains = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, kindOf(address))

/** @returns False for an entry that is no address and no network. */
const addNetwork = (list: BlockList, entry: string): boolean => {
  const [address = '', bits, ...more] = entry.split('/')
  if (isIP(address) === 0) return false
  const most = kindOf(address) === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? most : Number(bits)
  if (more.length > 0 || bits === '' || !Number.isInteger(prefix)) return false
  if (prefix < 0 || prefix > most) return false
  list.addSubnet(address, prefix, kindOf(address))
  return true
}

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const network of networks) addNetwork(list, network)
  return list
}

const LOOPBACK = listOf(['127.0.0.0/8', '::1'])

/** Addresses with a use of their own, from the registries of IANA. */
const SPECIAL = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Parts of IPv6's public range that lead to IPv4, or nowhere.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
])

/** All public IPv6 addresses are in this network. */
const PUBLIC_IPV6 = listOf(['2000::/3'])

const isPublic = (address: string): boolean =>
  isIP(address) !== 0 &&
  !contains(SPECIAL, address) &&
  (isIPv4(address) || contains(PUBLIC_IPV6, address))
