/**
 * Requests on separate connections: cut short, badly framed, pipelined with junk, or dropped
 * streams.
 */
import {connect} from 'node:net'

import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'

/** Changes to the bytes of a complete request. */
const spoil = (random: Random, bytes: string): string => {
  const at = random.number(bytes.length)
  return random.pick([
    bytes.slice(0, at),
    bytes.slice(0, at) + String.fromCharCode(random.number(256)) + bytes.slice(at),
    bytes + 'GARBAGE \u0000\u0001 HTTP/1.1\r\n\r\n',
    bytes.replace('HTTP/1.1', random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'HTTQ/1.1', ''])),
    bytes.replace(
      /Content-Length: \d+/,
      random.pick([
        'Content-Length: 99999',
        'Content-Length: -1',
        'Content-Length: x',
        'Transfer-Encoding: chunked',
        'Content-Length: 3\r\nTransfer-Encoding: chunked',
        'Content-Length: 1\r\nContent-Length: 2',
      ]),
    ),
    bytes.replace('\r\n', '\n'),
    bytes.replace(
      'Host:',
      random.pick([
        '',
        'Expect: 100-continue\r\nHost:',
        'Expect: magic\r\nHost:',
        'Upgrade: websocket\r\nConnection: Upgrade\r\nHost:',
        'Connection: close\r\nHost:',
      ]),
    ),
    bytes.repeat(1 + random.number(8)),
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
  ])
}

export interface RudeOptions {
  readonly port: number
  readonly random: Random
  readonly bytes: string
  /** Whether to send it unchanged and read for a while. */
  readonly isStream: boolean
}

const MOST_READ = 1e6

/** @returns The response until one side ended. */
export const sendRudely = ({port, random, bytes, isStream}: RudeOptions): Promise<Buffer> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    let length = 0
    socket.on('data', (chunk: Buffer) => {
      // The beginning of a stream is enough.
      if (length > MOST_READ) return
      length += chunk.length
      chunks.push(chunk)
    })
    socket.on('error', () => undefined)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks))
    })
    const timer = setTimeout(
      () => socket.destroy(),
      isStream ? 20 + random.number(1500) : 20 + random.number(300),
    )
    const spoiled = isStream ? bytes : spoil(random, bytes)
    if (random.chance(0.1)) {
      const half = spoiled.length / 2
      socket.write(spoiled.slice(0, half), 'latin1')
      setTimeout(() => socket.writable && socket.write(spoiled.slice(half), 'latin1'), 30)
    } else socket.write(spoiled, 'latin1')
    if (!isStream && random.chance(0.2)) socket.end()
  })
