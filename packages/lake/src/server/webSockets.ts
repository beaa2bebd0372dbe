/**
 * Web sockets: connects Studios to the presence of a dataset, with limits on slow and anonymous
 * clients.
 */
import type {IncomingMessage, Server} from 'node:http'
import type {Duplex} from 'node:stream'

import {type RawData, type WebSocket, WebSocketServer} from 'ws'

import {LakeError, notImplemented, tooManyRequests} from '../core/errors.ts'
import type {RequestHead} from '../core/lakeRequest.ts'
import {MAX_SOCKET_BACKLOG_BYTES, MAX_SOCKET_MESSAGE_BYTES} from '../core/limits.ts'
import {splitUrl} from '../http/exchange/requestUrl.ts'
import {decodeSegment} from '../http/routing/router.ts'
import type {LakeInternals} from '../open/internals.ts'
import type {Backlogs} from '../stream/backlogs.ts'
import type {ClientLimits} from './clientLimits.ts'
import type {Connections} from './connections.ts'

const PATH = /^\/socket\/([^/]+)$/
const HEARTBEAT = '♥'
/** Close code that asks the client to sign in before it reconnects. */
const UNAUTHORIZED = 4001

/** Sends messages to one client, and holds those that it has not read. */
interface Outbound {
  send(text: string): void
  /** Sends a heartbeat unless messages are waiting. */
  beat(): void
  clear(): void
}

/** A client that does not read is disconnected without a close message, which it would not read either. */
const outboundTo = (socket: WebSocket, backlogs: Backlogs): Outbound => {
  const backlog = backlogs.add(MAX_SOCKET_BACKLOG_BYTES, () => socket.terminate())
  const send = (text: string): void => {
    if (socket.readyState !== socket.OPEN) return
    const bytes = Buffer.from(text)
    backlog.push(bytes)
    if (backlog.first() !== undefined) socket.send(bytes, {binary: false}, backlog.removeFirst)
  }
  return {
    send,
    beat: () => {
      if (backlog.first() === undefined) send(HEARTBEAT)
    },
    clear: backlog.clear,
  }
}

type SocketLimits = Pick<ClientLimits, 'sockets' | 'unknownSockets' | 'tokenTime' | 'heartbeat'> &
  Pick<Connections, 'use'>

/** Answers web socket upgrades on `/v…/socket/:dataset`. @returns A function that ends them all. */
export const acceptSockets = (
  servers: readonly Server[],
  lake: LakeInternals,
  limits: SocketLimits,
): (() => void) => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SOCKET_MESSAGE_BYTES,
    perMessageDeflate: false,
  })

  const outbounds = new Set<Outbound>()
  /** Sockets that have not sent a token, oldest first. */
  const unknown = new Set<WebSocket>()
  /** Sockets that have not answered the last ping. */
  const silent = new Set<WebSocket>()

  const limitUnknown = (socket: WebSocket, isKnown: () => boolean): void => {
    unknown.add(socket)
    const late = setTimeout(() => {
      if (!isKnown()) socket.close(UNAUTHORIZED, 'No token was sent in time.')
    }, limits.tokenTime).unref()
    socket.on('message', () => {
      if (!isKnown()) return
      clearTimeout(late)
      unknown.delete(socket)
    })
    socket.on('close', () => {
      clearTimeout(late)
      unknown.delete(socket)
    })
    for (const oldest of unknown) {
      if (unknown.size <= limits.unknownSockets) return
      unknown.delete(oldest)
      oldest.terminate()
    }
  }

  sockets.on('connection', (socket, request) => {
    const outbound = outboundTo(socket, lake.backlogs)
    outbounds.add(outbound)
    const participant = lake.dataset(datasetIn(request.url ?? '')).presence.join({
      send: outbound.send,
      close: (code, reason) => socket.close(code, reason),
    })
    socket.on('message', (data, isBinary) => {
      if (!isBinary) participant.receive(textOf(data))
    })
    limitUnknown(socket, participant.isKnown)
    socket.on('pong', () => silent.delete(socket))
    socket.on('close', () => {
      silent.delete(socket)
      outbounds.delete(outbound)
      outbound.clear()
      participant.leave()
    })
    // Protocol errors (frames too long, bad encoding) close the socket by themselves.
    socket.on('error', () => {})
  })

  for (const server of servers) {
    server.on('upgrade', (request, connection: Duplex, head: Buffer) => {
      limits.use(request.socket)
      connection.on('error', () => connection.destroy())
      try {
        lake.dataset(datasetIn(request.url ?? ''))
        lake.refuseForeignPage(headOf(request))
        if (sockets.clients.size >= limits.sockets) {
          throw tooManyRequests(`${limits.sockets} web sockets are open, which is the limit.`)
        }
        sockets.handleUpgrade(request, connection, head, (socket) => {
          sockets.emit('connection', socket, request)
        })
      } catch (error) {
        refuse(connection, error)
      }
    })
  }

  const heartbeat = setInterval(() => {
    // A client whose network is gone stays connected for many minutes, so it is pinged.
    for (const socket of silent) socket.terminate()
    for (const socket of sockets.clients) {
      silent.add(socket)
      socket.ping()
    }
    for (const outbound of outbounds) outbound.beat()
  }, limits.heartbeat).unref()

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
