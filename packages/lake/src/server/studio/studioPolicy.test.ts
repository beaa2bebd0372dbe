import {createHash} from 'node:crypto'

import {expect, test} from 'vitest'

import {studioPolicy} from './studioPolicy.ts'

const OPTIONS = {projectId: 'copydesk', previews: ['http://localhost:3000']}
const HTML = `<!doctype html><script>one()</script><script src="/static/a.js" type="module"></script>
<SCRIPT SRC='https://core.sanity-cdn.com/bridge.js?x' async></SCRIPT><script type="module">
two()
</script><script src="http://evil.example/x.js"></script>`

/** One directive's values. */
const directive = (policy: string, name: string): readonly string[] =>
  policy
    .split('; ')
    .find((each) => each.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? []

const hash = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const policyFor = (host: string | undefined): string => studioPolicy(HTML, host, OPTIONS)

test('runs the scripts that the page itself names, and no others', () => {
  expect(directive(policyFor('localhost:3333'), 'script-src')).toEqual([
    "'self'",
    hash('one()'),
    'https://core.sanity-cdn.com/bridge.js',
    hash('\ntwo()\n'),
  ])
})

test.each([
  ['localhost:3333', 'ws://*.localhost:3333'],
  ['copydesk.localhost:3333', 'http://localhost:3333'],
  ['192.168.1.4:3333', 'ws://192.168.1.4:3333'],
  ['desk.example.org', 'wss://copydesk.desk.example.org'],
  ['[::1]:3333', 'http://[::1]:3333'],
])('asked for as %s it connects to %s', (host, expected) => {
  expect(directive(policyFor(host), 'connect-src')).toContain(expected)
})

test.each([undefined, '', "x; script-src 'unsafe-inline'", 'x y', 'x\nset-cookie: a', 'x,y', '*'])(
  'a host of %j gets nothing into it',
  (host) => {
    expect(policyFor(host)).toBe(policyFor(undefined))
  },
)

test('frames the preview and is framed by itself alone', () => {
  const policy = policyFor('localhost:3333')
  expect(directive(policy, 'frame-src')).toEqual(["'self'", 'http://localhost:3000'])
  expect(directive(policy, 'frame-ancestors')).toEqual(["'self'"])
})
