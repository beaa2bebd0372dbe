/**
 * Puts a lake on the network: an HTTP server for the API, event streams, web sockets and, if
 * wanted, a built Studio.
 */
import type {IncomingMessage, Server, ServerResponse} from 'node:http'
import {isIPv6} from 'node:net'
import type {Duplex} from 'node:stream'
import {isNativeError} from 'node:util/types'

import {FixableError, badRequest} from '../core/errors.ts'
import {isFast} from '../core/fast.ts'
import type {LakeResponse} from '../core/lakeRequest.ts'
import {MAX_HEADER_BYTES} from '../core/limits.ts'
import {createServer} from '../core/nodeHttp.ts'
import {runSteps} from '../core/runSteps.ts'
import {errorResponse, json} from '../http/exchange/respond.ts'
import type {Lake} from '../open/createLake.ts'
import {internalsOf} from '../open/internals.ts'
import {DEFAULT_PORT} from '../open/lakeOptions.ts'
import {CLIENT_LIMITS, type ClientLimits} from './clientLimits.ts'
import {type Connections, createConnections} from './connections.ts'
import {fromIncoming, send} from './nodeAdapter.ts'
import {createBodies} from './receiveBody.ts'
import {observeRequest} from './requestEvents.ts'
import {createResponseBatch} from './responseBatch.ts'
import {createStaticFiles} from './studio/staticFiles.ts'
import {createUnreadResponses} from './unreadResponses.ts'
import {acceptSockets} from './webSockets.ts'

export interface ServerOptions {
  readonly lake: Lake
  /** 0 chooses a free port. */
  readonly port?: number | undefined
  /** `localhost` means both loopback addresses; `0.0.0.0` means every network of the machine. */
  readonly host?: string | undefined
  /** A folder of static files, such as a built Studio, for all paths outside the API. */
  readonly studio?:
    | {
        readonly dir: string
        /** Origins of sites that the Studio shows in a frame, such as Presentation's preview. */
        readonly previews?: readonly string[] | undefined
      }
    | undefined
  /** Other bounds than the usual ones for what clients may hold, for tests. */
  readonly clientLimits?: Partial<ClientLimits> | undefined
}

export interface RunningServer {
  /** `http://localhost:3333`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** How many are open, whether they are used or not. */
  readonly connections: number
  /**
   * Ends event streams, lets running requests finish, frees the port. The lake stays open.
   * @throws AggregateError that names the steps that failed; the port is free all the same.
   */
  close(): Promise<void>
}

/**
 * Why the server cannot listen, with the name of the option to change.
 * @example
 * const server = await startServer({lake}).catch((error: unknown) => {
 *   if (error instanceof ListenError && error.code === 'PORT_TAKEN') return startServer({lake, port: 0})
 *   throw error
 * })
 */
export class ListenError extends FixableError {
  override readonly name = 'ListenError'
  readonly code: 'PORT_TAKEN' | 'PORT_FORBIDDEN' | 'HOST_UNKNOWN'

  constructor(code: ListenError['code'], message: string, cause: unknown) {
    super(message, {cause})
    this.code = code
  }
}

const LOOPBACK = ['127.0.0.1', '::1'] as const

/**
 * Puts a lake on the network: loopback unless another host is named. An option that is undefined has
 * its default.
 * @throws ListenError, and when the data folder cannot say where the lake is; nothing listens then.
 * @example
 * const lake = createLake({dataDir: '.lake'})
 * const server = await startServer({lake, port: 0})
 * console.log(server.url) // http://localhost:51234
 * await server.close()
 * await lake.close()
 */
export const startServer = async ({
  lake,
  port = DEFAULT_PORT,
  host = 'localhost',
  studio,
  clientLimits,
}: ServerOptions): Promise<RunningServer> => {
  const own = internalsOf(lake)
  own.serverStarting()
  const limits = {...CLIENT_LIMITS, ...clientLimits}
  const connections = createConnections(limits)
  const bodies = createBodies(limits)
  const unread = createUnreadResponses(limits.responseBytes)
  const policy = {projectId: lake.projectId, previews: studio?.previews ?? []}
  const fallback = studio && createStaticFiles(studio.dir, policy)
  const sendTo = (response: ServerResponse, answered: LakeResponse): void =>
    send(response, answered, limits, unread)
  const batch = createResponseBatch(sendTo)
  const isBatched = isFast(own.fast, 'responseBatch')
  const answer = (incoming: IncomingMessage, response: ServerResponse): void => {
    connections.use(incoming.socket)
    observeRequest(incoming, response)
    const refusal = protocolError(incoming)
    if (refusal !== undefined) return sendTo(response, refusal)
    const request = fromIncoming(incoming, response, bodies)
    const answered = own.handle(request, fallback)
    if (answered instanceof Promise) void answered.then((late) => sendTo(response, late))
    else if (isBatched) batch.add(response, answered)
    else sendTo(response, answered)
  }

  const [first, ...others] = host === 'localhost' ? LOOPBACK : [host]
  const servers: Server[] = []
  const listenAt = async (address: string, wanted: number): Promise<number> => {
    const server = createServer(
      // Node's own error responses have no body: see protocolError.
      {
        maxHeaderSize: MAX_HEADER_BYTES,
        keepAliveTimeout: limits.idleTime,
        requireHostHeader: false,
        headersTimeout: limits.headTime,
        // Bodies have time limits of their own, because an upload may take long.
        requestTimeout: 0,
        connectionsCheckingInterval: Math.min(limits.headTime / 4, MOST_BETWEEN_CHECKS),
      },
      answer,
    )
    server.on('checkExpectation', answer)
    connections.watch(server)
    const taken = await listen(server, wanted, address)
    servers.push(server)
    return taken
  }
  const taken = await listenAt(first, port)
  for (const address of others) {
    try {
      await listenAt(address, taken)
    } catch {
      // Many machines have no IPv6: the other loopback address is enough.
    }
  }

  const name = isIPv6(host) ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host
  const url = `http://${name}:${taken}`
  const endSockets = acceptSockets(servers, own, {
    ...limits,
    use: connections.use,
  })
  try {
    own.serverStarted(url)
  } catch (error) {
    endSockets()
    await stopListening(servers, connections)
    throw error
  }
  let closing: Promise<void> | undefined
  return {
    url,
    port: taken,
    get connections() {
      return connections.count
    },
    close: () => {
      closing ??= runSteps('stopping the server', [
        ['ending presence', endSockets],
        ['ending event streams', own.endStreams],
        ['ending requests', () => stopListening(servers, connections)],
        ['taking the address out of lake.json', own.serverStopped],
      ])
      return closing
    },
  }
}

const listen = async (server: Server, port: number, host: string): Promise<number> => {
  server.on('clientError', refuseUnreadable)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({port, host}, resolve)
    })
  } catch (error) {
    throw explain(error, port, host)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a network address')
  return address.port
}

const explain = (error: unknown, port: number, host: string): unknown => {
  const code = isNativeError(error) && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new ListenError(
      'PORT_TAKEN',
      `Port ${port} is taken by another program. Stop that program, or choose a free port with --port.`,
      error,
    )
  }
  if (code === 'EACCES') {
    return new ListenError(
      'PORT_FORBIDDEN',
      `This user may not listen on port ${port}. Choose one above 1023 with --port.`,
      error,
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new ListenError(
      'HOST_UNKNOWN',
      `This machine has no address "${host}". Choose one of its own with --host.`,
      error,
    )
  }
  return error
}

/** Longest interval between Node's checks for slow requests, in milliseconds. */
const MOST_BETWEEN_CHECKS = 5000

/** Errors of the HTTP protocol itself; undefined for a request that the API can handle. */
const protocolError = ({headers, httpVersion}: IncomingMessage): LakeResponse | undefined => {
  const {host, expect} = headers
  if (host === undefined && httpVersion === '1.1') {
    return errorResponse(badRequest('An HTTP/1.1 request needs a Host header.'))
  }
  if (expect === undefined || expect.toLowerCase() === '100-continue') return undefined
  const message = `The lake does not support the Expect header "${expect}".`
  return json({statusCode: 417, error: 'Expectation Failed', message}, 417)
}

/** Answers invalid HTTP and headers that are too long with an error of the API's shape. */
const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? {
          statusCode: 431,
          error: 'Request Header Fields Too Large',
          message: `The URL and the headers are longer than ${MAX_HEADER_BYTES} bytes.`,
        }
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? {
            statusCode: 408,
            error: 'Request Timeout',
            message: 'The request did not arrive in time.',
          }
        : {statusCode: 400, error: 'Bad Request', message: 'The request is not valid HTTP.'}
  const body = JSON.stringify(refusal)
  socket.end(
    `HTTP/1.1 ${refusal.statusCode} ${refusal.error}\r\n` +
      'content-type: application/json; charset=utf-8\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** How long running requests may take to finish when the server closes, in milliseconds. */
const GRACE = 3000

const SWEEP = 20

const stopListening = async (
  servers: readonly Server[],
  connections: Connections,
): Promise<void> => {
  // Repeated, because a connection becomes idle shortly after its stream has ended. Browsers and
  // clients open connections in advance, on which no request is waiting.
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections()
    connections.endUnused()
  }, SWEEP)
  const hurry = setTimeout(() => {
    for (const server of servers) server.closeAllConnections()
  }, GRACE)
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
  )
  clearInterval(sweep)
  clearTimeout(hurry)
}
