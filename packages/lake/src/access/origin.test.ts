import {expect, test} from 'vitest'

import {hostName, isOwnHost, isOwnOrigin} from './origin.ts'

test('reads the name of a host', () => {
  expect(hostName('localhost:3333')).toBe('localhost')
  expect(hostName('Copydesk.LOCALHOST')).toBe('copydesk.localhost')
  expect(hostName('[::1]:3333')).toBe('::1')
  expect(hostName('127.0.0.1')).toBe('127.0.0.1')
})

test('takes loopback, addresses and listed names for its own, and no rebound name', () => {
  const own = ['localhost:1', 'x.localhost', '127.0.0.1:80', '[::1]', '192.168.1.4:3333']
  expect(own.filter((host) => isOwnHost(host, []))).toEqual(own)
  const foreign = ['evil.example', 'localhost.evil.example:3333', 'notlocalhost', undefined]
  expect(foreign.filter((host) => isOwnHost(host, []))).toEqual([])
  expect(isOwnHost('desk.lan:3333', ['desk.lan'])).toBe(true)
})

test.each([
  ['http://localhost:5173', 'localhost:3333', true],
  ['https://copydesk.localhost', 'copydesk.localhost:3333', true],
  ['http://127.0.0.1:8080', undefined, true],
  ['http://[::1]:3333', '[::1]:3333', true],
  ['http://192.168.1.4:3333', '192.168.1.4:3333', true],
  ['http://192.168.1.5:3333', '192.168.1.4:3333', false],
  ['https://desk.example.org', 'localhost:3333', true],
  ['https://evil.example', 'localhost:3333', false],
  // DNS rebinding: origin and host agree, on a name that is not ours.
  ['http://evil.example:3333', 'evil.example:3333', false],
  ['http://localhost.evil.example', 'localhost:3333', false],
  ['null', 'localhost:3333', false],
  ['file://', 'localhost:3333', false],
  ['not an origin', 'localhost:3333', false],
])('a page of %s asking %s: %s', (origin, host, expected) => {
  expect(isOwnOrigin(origin, host, [], ['https://desk.example.org'])).toBe(expected)
})
