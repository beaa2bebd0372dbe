import type {IncomingMessage, Server} from 'node:http'
import type {Duplex} from 'node:stream'

import {type RawData, WebSocketServer} from 'ws'

import {LakeError, notImplemented} from '../errors.ts'
import type {RequestHead} from '../http/exchange.ts'
import {decodeSegment} from '../http/router.ts'
import {splitUrl} from '../http/splitUrl.ts'
import type {Lake} from '../lake.ts'
import {MAX_SOCKET_BACKLOG_BYTES, MAX_SOCKET_MESSAGE_BYTES, STREAM_HEARTBEAT} from '../limits.ts'

const PATH = /^\/socket\/([^/]+)$/
const HEARTBEAT = '♥'
const TOO_SLOW = 4008

/** Answers web socket upgrades on `/v…/socket/:dataset`. @returns A function that ends them all. */
export const acceptSockets = (servers: readonly Server[], lake: Lake): (() => void) => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SOCKET_MESSAGE_BYTES,
    perMessageDeflate: false,
  })

  sockets.on('connection', (socket, request) => {
    const participant = lake.dataset(datasetIn(request.url ?? '')).presence.join({
      send: (text) => {
        if (socket.bufferedAmount > MAX_SOCKET_BACKLOG_BYTES) socket.close(TOO_SLOW, 'too slow')
        else socket.send(text)
      },
      close: (code, reason) => socket.close(code, reason),
    })
    socket.on('message', (data, isBinary) => {
      if (!isBinary) participant.receive(textOf(data))
    })
    socket.on('close', participant.leave)
    // The protocol's own errors (frames too long, bad encoding) close the socket by themselves.
    socket.on('error', () => {})
  })

  for (const server of servers) {
    server.on('upgrade', (request, connection: Duplex, head: Buffer) => {
      connection.on('error', () => connection.destroy())
      try {
        lake.dataset(datasetIn(request.url ?? ''))
        lake.refuseForeignPage(headOf(request))
        sockets.handleUpgrade(request, connection, head, (socket) => {
          sockets.emit('connection', socket, request)
        })
      } catch (error) {
        refuse(connection, error)
      }
    })
  }

  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) socket.send(HEARTBEAT)
  }, STREAM_HEARTBEAT).unref()

  return () => {
    clearInterval(heartbeat)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

const headOf = ({url = '', headers}: IncomingMessage): RequestHead => ({
  method: 'GET',
  ...splitUrl(url),
  header: (name) => {
    const value = headers[name]
    return typeof value === 'string' ? value : value?.join(', ')
  },
})

/** @throws 501 for every other path. */
const datasetIn = (url: string): string => {
  const {version, path} = splitUrl(url)
  const dataset = version === '' ? undefined : PATH.exec(path)?.[1]
  if (dataset === undefined) throw notImplemented(`a web socket on ${path}`)
  return decodeSegment(dataset)
}

const refuse = (connection: Duplex, error: unknown): void => {
  const {status, body} = error instanceof LakeError ? error : notImplemented('this web socket')
  const text = JSON.stringify(body)
  connection.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  )
}

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8')
}
