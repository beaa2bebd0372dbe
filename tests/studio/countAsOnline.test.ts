import {expect, test} from 'vitest'

import {countAsOnline} from '../../studio/countAsOnline.ts'

const onLineAt = (hostname: string): boolean => {
  const navigator = Object.create({onLine: false}, {})
  countAsOnline(navigator, hostname)
  return navigator.onLine
}

test.each(['localhost', 'copydesk.localhost', '127.0.0.1', '[::1]'])(
  'a Studio at %s does not wait for a network',
  (hostname) => {
    expect(onLineAt(hostname)).toBe(true)
  },
)

test.each(['news.example', 'localhost.example', '192.168.1.2', '127.example.org', 'notlocalhost'])(
  'a Studio at %s does',
  (hostname) => {
    expect(onLineAt(hostname)).toBe(false)
  },
)
