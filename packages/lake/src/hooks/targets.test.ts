import {describe, expect, test} from 'vitest'

import {createTargets, plainName} from './targets.ts'

const none = createTargets([])
const some = createTargets(['site.example.org', '*.front.example', '10.1.0.0/16', '192.0.2.7'])
const all = createTargets(['*'])

const hostOf = (url: string): string => plainName(new URL(url).hostname)

describe('a host may be called', () => {
  test.each([
    ['http://localhost:3000', true, true, true],
    ['http://copydesk.localhost', true, true, true],
    ['http://localhost.', true, true, true],
    ['http://127.0.0.1', true, true, true],
    ['http://127.1:80', true, true, true],
    ['http://2130706433', true, true, true],
    ['http://[::1]', true, true, true],
    ['http://[::ffff:127.0.0.1]', true, true, true],
    ['https://site.example.org', false, true, true],
    ['https://SITE.example.org.', false, true, true],
    ['https://a.front.example', false, true, true],
    ['https://front.example', false, false, true],
    ['https://site.example.org.evil.example', false, false, true],
    ['https://localhost.evil.example', false, false, true],
    ['http://10.1.2.3', false, true, false],
    ['http://[::ffff:10.1.2.3]', false, true, false],
    ['http://10.2.0.1', false, false, false],
    ['http://192.0.2.7', false, true, false],
    ['http://169.254.169.254', false, false, false],
    ['http://0.0.0.0', false, false, false],
    ['http://[::]', false, false, false],
    ['http://[fd00::1]', false, false, false],
    ['http://8.8.8.8', false, false, true],
    ['http://[2606:4700::1]', false, false, true],
  ])('%s', (url, byDefault, listed, anyPublic) => {
    const host = hostOf(url)
    expect([none, some, all].map((targets) => targets.allowsHost(host))).toEqual([
      byDefault,
      listed,
      anyPublic,
    ])
  })
})

describe('a name may lead to an address', () => {
  test.each([
    ['site.example.org', '8.8.8.8', true],
    ['site.example.org', '2606:4700::1', true],
    ['site.example.org', '10.1.2.3', true],
    ['site.example.org', '10.2.0.1', false],
    ['site.example.org', '127.0.0.1', false],
    ['site.example.org', '::1', false],
    ['site.example.org', '::ffff:127.0.0.1', false],
    ['site.example.org', '169.254.169.254', false],
    ['site.example.org', '0.0.0.0', false],
    ['site.example.org', '64:ff9b::7f00:1', false],
    ['site.example.org', '2002:7f00:1::', false],
    ['site.example.org', 'fe80::1%eth0', false],
    ['localhost', '127.0.0.1', true],
    ['localhost', '8.8.8.8', false],
    ['other.example.org', '8.8.8.8', false],
    ['other.example.org', '10.1.2.3', true],
  ])('%s → %s: %s', (host, address, allowed) => {
    expect(some.allowsAddress(host, address)).toBe(allowed)
  })

  test('of this machine only if its network is listed', () => {
    expect(all.allowsAddress('evil.example', '127.0.0.1')).toBe(false)
    const own = createTargets(['127.0.0.0/8'])
    expect(own.allowsAddress('site.example.org', '127.0.0.1')).toBe(true)
  })
})

test.each(['http://a', 'a:80', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '**', '', 'a b'])(
  'an entry is refused: %s',
  (entry) => {
    expect(() => createTargets([entry])).toThrow(/is not a host that webhooks may call/)
  },
)
