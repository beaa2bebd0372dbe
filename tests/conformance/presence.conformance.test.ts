import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

interface Message {
  readonly id?: string
  readonly result?: unknown
  readonly params?: {readonly subscription: string; readonly result: {readonly type: string}}
}

/** A Studio as the socket sees it. */
const connect = async (token: string | null) => {
  const url = target.url(`/socket/${target.dataset}`, 'v2022-06-30').replace(/^http/, 'ws')
  const socket = new WebSocket(url)
  const messages: Message[] = []
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({code}) => resolve(code)),
  )
  socket.addEventListener('message', ({data}) => {
    if (data !== '♥') messages.push(JSON.parse(String(data)))
  })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  let count = 0
  const call = async (method: string, params: object = {}): Promise<unknown> => {
    const id = `call${(count += 1)}`
    socket.send(JSON.stringify({jsonrpc: '2.0', id, method, params: {...params, apiVersion: 'v1'}}))
    return expect
      .poll(() => messages.find((message) => message.id === id), {interval: 10})
      .toBeDefined()
      .then(() => messages.find((message) => message.id === id)?.result)
  }
  if (token !== null) await call('authorization', {authorization: `Bearer ${token}`})
  const told = (type: string) =>
    messages.flatMap(({params}) => (params?.result.type === type ? [params.result] : []))
  return {socket, call, told, closed}
}

describe('WS /socket', () => {
  test('users’ locations, and who has left', async () => {
    const [a, b] = [await connect(target.token), await connect(target.token)]
    expect(await a.call('presence_subscribe')).toEqual(expect.any(String))
    await b.call('presence_rollcall', {session: 'session-b'})
    await expect
      .poll(() => a.told('rollCall'))
      .toEqual([{type: 'rollCall', i: expect.any(String), session: 'session-b'}])

    const locations = [{type: 'document', documentId: 'x', path: ['title']}]
    await b.call('presence_announce', {data: {sessionId: 'session-b', locations}})
    await expect
      .poll(() => a.told('state'))
      .toEqual([{type: 'state', i: expect.any(String), m: {sessionId: 'session-b', locations}}])

    b.socket.close()
    await expect
      .poll(() => a.told('disconnect'))
      .toEqual([{type: 'disconnect', i: expect.any(String), m: {session: 'session-b'}}])
    a.socket.close()
  })

  test('nobody without a token', async () => {
    const {socket, closed} = await connect(null)
    socket.send(JSON.stringify({jsonrpc: '2.0', id: '1', method: 'presence_subscribe', params: {}}))
    expect(await closed).toBe(4001)
  })
})
