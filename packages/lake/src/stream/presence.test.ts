import fc from 'fast-check'
import {beforeEach, expect, test} from 'vitest'

import {createAccessWatch} from '../access/accessWatch.ts'
import type {Caller} from '../access/caller.ts'
import {openProject} from '../access/project.ts'
import {MAX_PRESENCE_SESSIONS, MAX_PRESENCE_SUBSCRIPTIONS} from '../core/limits.ts'
import {createPresence, type Participant, type Presence} from './presence.ts'

const EDITOR: Caller = {
  user: {id: 'p1', name: 'Editor', email: '', isRobot: false},
  role: 'editor',
  credential: 'hash',
  isSession: false,
}

let presence: Presence
beforeEach(() => {
  let count = 0
  presence = createPresence({
    tokens: {
      callerOf: (token) => {
        if (token !== 'good') throw new Error('unknown token')
        return EDITOR
      },
      now: (caller) => caller,
    },
    accessWatch: createAccessWatch(openProject(null)),
    newId: () => `s${(count += 1)}`,
  })
})

interface Joined {
  readonly participant: Participant
  readonly sent: unknown[]
  readonly closed: number[]
}

const join = (token: string | null): Joined => {
  const sent: unknown[] = []
  const closed: number[] = []
  const participant = presence.join({
    send: (text) => sent.push(JSON.parse(text)),
    close: (code) => closed.push(code),
  })
  if (token !== null) {
    participant.receive(call('authorization', {authorization: `Bearer ${token}`}))
    sent.length = 0
  }
  return {participant, sent, closed}
}

const call = (method: string, params: unknown = {}): string =>
  JSON.stringify({jsonrpc: '2.0', id: 1, method, params})

test('a Studio without a valid token cannot take part', () => {
  const nobody = join(null)
  nobody.participant.receive(call('presence_subscribe'))
  expect(nobody).toMatchObject({closed: [4001], sent: []})
  expect(join('bad').closed).toEqual([4001])
})

test('a participant that leaves is gone, and its sessions with it', () => {
  const watcher = join('good')
  watcher.participant.receive(call('presence_subscribe'))
  const {participant} = join('good')
  participant.receive(call('presence_subscribe'))
  participant.receive(call('presence_announce', {data: {sessionId: 'a', locations: []}}))
  participant.leave()
  const received = watcher.sent.slice(1)
  expect(received).toMatchObject([
    {params: {subscription: 's1', result: {type: 'state', i: 'p1', m: {sessionId: 'a'}}}},
    {params: {subscription: 's1', result: {type: 'disconnect', m: {session: 'a'}}}},
  ])
})

test('a subscription ends when its subscriber says so', () => {
  const {participant, sent} = join('good')
  participant.receive(call('presence_subscribe'))
  participant.receive(call('presence_unsubscribe', {subscriptionId: 's1'}))
  sent.length = 0
  participant.receive(call('presence_rollcall', {session: 'a'}))
  expect(sent).toEqual([{jsonrpc: '2.0', id: 1, result: true}])
})

test.each([
  ['no JSON', '{', -32_700],
  ['no call', '[]', -32_700],
  ['an unknown method', call('presence_everything'), -32_601],
  ['the name of something else', call('constructor'), -32_601],
  ['wrong parameters', call('presence_rollcall', {session: 7}), -32_602],
  ['no parameters', call('presence_announce', null), -32_602],
])('%s is answered with its code', (_, text, code) => {
  const {participant, sent} = join('good')
  participant.receive(text)
  expect(sent).toMatchObject([{error: {code, message: expect.any(String)}}])
})

test('one socket has a limit of subscriptions and sessions', () => {
  const {participant, sent} = join('good')
  for (let n = 0; n < MAX_PRESENCE_SUBSCRIPTIONS; n++)
    participant.receive(call('presence_subscribe'))
  participant.receive(call('presence_subscribe'))
  expect(sent.at(-1)).toMatchObject({
    error: {code: -32_000, message: expect.stringContaining('subscriptions')},
  })
  participant.receive(call('presence_unsubscribe', {subscriptionId: 's1'}))
  participant.receive(call('presence_subscribe'))
  expect(sent.at(-1)).toMatchObject({result: 's21'})

  const announce = (sessionId: string): void =>
    participant.receive(call('presence_announce', {data: {sessionId, locations: []}}))
  for (let n = 0; n < MAX_PRESENCE_SESSIONS; n++) announce(`${n}`)
  announce('0')
  expect(sent.at(-1)).toMatchObject({result: true})
  sent.length = 0
  announce('one more')
  expect(sent).toMatchObject([
    {error: {code: -32_000, message: expect.stringContaining('sessions')}},
  ])
  sent.length = 0
  participant.receive(call('presence_rollcall', {session: 'x'.repeat(10_000)}))
  expect(sent).toMatchObject([{error: {code: -32_602}}])
})

test('a heartbeat is not answered', () => {
  const {participant, sent} = join('good')
  participant.receive('♥')
  expect(sent).toEqual([])
})

test('no message makes it fail', () => {
  const {participant, closed} = join('good')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.json().map((json) => call('presence_announce', JSON.parse(json))),
      ),
      (text) => {
        participant.receive(text)
      },
    ),
    {numRuns: 2000},
  )
  expect(closed).toEqual([])
})
