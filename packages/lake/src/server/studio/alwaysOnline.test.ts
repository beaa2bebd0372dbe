import {runInNewContext} from 'node:vm'

import {expect, test} from 'vitest'

import {alwaysOnline} from './alwaysOnline.ts'

/** What a page of this host learns in a browser without a network; the real one: `.ci/offline`. */
const pageAt = (hostname: string): {isOnline: unknown; heard: string[]} => {
  const window = new EventTarget()
  const script = /<script>([^]*)<\/script>/.exec(alwaysOnline('<head lang="en"></head>'))?.[1] ?? ''
  const Navigator = {prototype: {}}
  Object.defineProperty(Navigator.prototype, 'onLine', {configurable: true, get: () => false})
  runInNewContext(script, {
    location: {hostname},
    Navigator,
    addEventListener: window.addEventListener.bind(window),
  })
  const heard: string[] = []
  for (const type of ['online', 'offline']) {
    window.addEventListener(type, () => heard.push(type))
    window.dispatchEvent(new Event(type))
  }
  return {isOnline: Reflect.get(Navigator.prototype, 'onLine'), heard}
}

test.each(['localhost', 'copydesk.localhost', '127.0.0.1', '[::1]'])(
  'a Studio at %s is never offline',
  (host) => {
    expect(pageAt(host)).toEqual({isOnline: true, heard: ['online']})
  },
)

test.each(['desk.example.org', 'localhost.example.org', '192.168.1.4', '127.example.org'])(
  'a Studio at %s knows that it is offline',
  (host) => {
    expect(pageAt(host)).toEqual({isOnline: false, heard: ['online', 'offline']})
  },
)

test('a page without a head stays as it is', () => {
  expect(alwaysOnline('<p>Studio</p>')).toBe('<p>Studio</p>')
})
