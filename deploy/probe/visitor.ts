/** A client that finds both names at the proxy on this machine, by HTTP/2 as browsers do. */
import {once} from 'node:events'
import {
  type ClientHttp2Session,
  connect as connectHttp2,
  type IncomingHttpHeaders,
} from 'node:http2'
import {request as requestHttps} from 'node:https'
import {connect as connectTls} from 'node:tls'

import type {Place} from './place.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** An event stream that is open. */
interface Listening {
  /** Resolves when this text has arrived. @throws Error after five seconds without it */
  receives(text: string): Promise<void>
  close(): void
}

export interface Visitor extends Disposable {
  ask(url: string, question?: Question): Promise<Answer>
  listen(url: string, headers?: Readonly<Record<string, string>>): Promise<Listening>
  /** Asks for a web socket. @returns The status; 101 is a socket */
  upgrade(url: string): Promise<number>
}

/** Milliseconds. A proxy that holds an event back waits for the next ones, and none follow. */
const PATIENCE = 5000

export const openVisitor = ({httpsPort: port, certificate: ca}: Place): Visitor => {
  const sessions = new Map<string, ClientHttp2Session>()
  const sessionOf = (origin: string): ClientHttp2Session => {
    const open = sessions.get(origin)
    if (open !== undefined && !open.closed && !open.destroyed) return open
    const servername = new URL(origin).hostname
    const session = connectHttp2(origin, {
      createConnection: () =>
        connectTls({host: '127.0.0.1', port, servername, ALPNProtocols: ['h2'], ca}),
    })
    // The requests fail with the same error.
    session.on('error', () => {})
    sessions.set(origin, session)
    return session
  }

  const open = async (url: string, {method = 'GET', headers = {}, body}: Question) => {
    const {origin, pathname, search} = new URL(url)
    const path = pathname + search
    const stream = sessionOf(origin).request({':method': method, ':path': path, ...headers})
    // A server that refuses a request may refuse the next ones of its connection too.
    stream.once('error', () => sessions.delete(origin))
    const answered = new Promise<IncomingHttpHeaders>((resolve, reject) => {
      stream.once('response', resolve)
      stream.once('error', reject)
    })
    stream.end(body)
    return {stream, headers: await answered}
  }

  return {
    ask: async (url, question = {}) => {
      const {stream, headers} = await open(url, question)
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      return {status: Number(headers[':status']), headers, body: Buffer.concat(chunks)}
    },

    listen: async (url, headers = {}) => {
      const {stream} = await open(url, {headers})
      let received = ''
      stream.on('error', () => {})
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        received += chunk
      })
      return {
        receives: async (text) => {
          const signal = AbortSignal.timeout(PATIENCE)
          try {
            while (!received.includes(text)) await once(stream, 'data', {signal})
          } catch (cause) {
            const message = `${url} has not sent "${text}" in ${PATIENCE} ms, only "${received}".`
            throw new Error(message, {cause})
          }
        },
        close: () => stream.close(),
      }
    },

    upgrade: (url) =>
      new Promise((resolve, reject) => {
        const {host, hostname: servername, pathname: path} = new URL(url)
        const headers = {
          host,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
        }
        const asked = requestHttps({host: '127.0.0.1', port, servername, ca, path, headers})
        asked.once('upgrade', ({statusCode = 0}, socket) => {
          socket.destroy()
          resolve(statusCode)
        })
        asked.once('response', ({statusCode = 0}) => resolve(statusCode))
        asked.once('error', reject)
        asked.end()
      }),

    [Symbol.dispose]: () => {
      for (const session of sessions.values()) session.destroy()
    },
  }
}
