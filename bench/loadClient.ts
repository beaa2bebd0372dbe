import {readFileSync} from 'node:fs'
import {type Socket, connect} from 'node:net'

import {quantile} from './timing.ts'

/**
 * Requests paths over keep-alive connections, each connection as soon as its previous response has
 * arrived, and prints the measurements. Uses plain sockets, because the client must cost less than
 * the server.
 *
 *     node loadClient.ts PORT CONNECTIONS MILLISECONDS FILE REPEATS [TOKEN]
 *
 * FILE holds a JSON array of paths, requested in turn: repeatedly until the time is over if REPEATS
 * is true, otherwise each at most once.
 */
const [port = '', connections = '', milliseconds = '', file = '', repeats = '', token = ''] =
  process.argv.slice(2)
const paths: unknown = JSON.parse(readFileSync(file, 'utf8'))
if (!Array.isArray(paths)) throw new Error(`${file} does not hold a JSON array of paths`)
const credentials = token === '' ? '' : `authorization: Bearer ${token}\r\n`
const requests = paths.map((path) =>
  Buffer.from(`GET ${String(path)} HTTP/1.1\r\nhost: localhost:${port}\r\n${credentials}\r\n`),
)

let turn = 0
let failures = 0
const times: number[] = []
const end = performance.now() + Number(milliseconds)

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = 'content-length: '

/** One connection, until the time is over. */
const ask = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    let pending = 0
    let head: Buffer | undefined
    let started = 0
    const send = (): void => {
      if (performance.now() >= end || (repeats !== 'true' && turn >= requests.length)) {
        socket.end()
        resolve()
        return
      }
      started = performance.now()
      const request = requests[turn++ % requests.length]
      if (request) socket.write(request)
    }
    const finish = (): void => {
      times.push(performance.now() - started)
      send()
    }
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk) => {
      if (pending > 0) {
        pending -= chunk.length
        if (pending <= 0) finish()
        return
      }
      const received: Buffer = head ? Buffer.concat([head, chunk]) : chunk
      const headEnd = received.indexOf(HEAD_END)
      if (headEnd < 0) {
        head = received
        return
      }
      head = undefined
      const text = received.toString('latin1', 0, headEnd).toLowerCase()
      if (!text.startsWith('http/1.1 200')) failures += 1
      const at = text.indexOf(LENGTH)
      const length = Number.parseInt(text.slice(at + LENGTH.length), 10)
      pending = length - (received.length - headEnd - HEAD_END.length)
      if (pending <= 0) finish()
    })
    send()
  })

const started = performance.now()
await Promise.all(
  Array.from({length: Number(connections)}, () => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.setNoDelay(true)
    return ask(socket)
  }),
)
const seconds = (performance.now() - started) / 1000
process.stdout.write(
  `${JSON.stringify({
    requests: times.length,
    failures,
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  })}\n`,
)
