/**
 * The open connections of a lake's servers. When there are too many, the oldest that never sent a
 * request is closed for a new one, then idle ones: no client can shut out others just by opening
 * connections.
 */
import type {Server} from 'node:http'
import type {Socket} from 'node:net'

import type {ClientLimits} from './clientLimits.ts'

export interface Connections {
  /** Number of open connections. */
  readonly count: number
  /** Adds a server. */
  watch(server: Server): void
  /** The connection has sent the head of a request. */
  use(socket: Socket): void
  /** Closes connections that never sent a request: browsers and clients open some in advance. */
  endUnused(): void
}

type Limits = Pick<ClientLimits, 'connections' | 'connectionsOfAddress'>

export const createConnections = (limits: Limits): Connections => {
  const servers: Server[] = []
  /** With the address of each. */
  const open = new Map<Socket, string>()
  const openFrom = new Map<string, number>()
  /** Oldest first. */
  const unused = new Set<Socket>()

  const count = (address: string, change: 1 | -1): void => {
    const left = (openFrom.get(address) ?? 0) + change
    if (left === 0) openFrom.delete(address)
    else openFrom.set(address, left)
  }

  const forget = (socket: Socket): void => {
    const address = open.get(socket)
    if (address === undefined) return
    open.delete(socket)
    unused.delete(socket)
    count(address, -1)
  }

  /** Counted at once, not at its `close` event: many connections may open before that. */
  const end = (socket: Socket): void => {
    forget(socket)
    socket.destroy()
  }

  /** @returns Whether there was one besides the new connection. */
  const endOldestUnused = (newcomer: Socket, address?: string): boolean => {
    for (const oldest of unused) {
      if (oldest === newcomer) continue
      if (address !== undefined && open.get(oldest) !== address) continue
      end(oldest)
      return true
    }
    return false
  }

  const endIdle = (): void => {
    for (const server of servers) server.closeIdleConnections()
    for (const socket of open.keys()) if (socket.destroyed) forget(socket)
  }

  const accept = (socket: Socket): void => {
    const address = socket.remoteAddress ?? ''
    open.set(socket, address)
    unused.add(socket)
    count(address, 1)
    socket.once('close', () => forget(socket))
    if ((openFrom.get(address) ?? 0) > limits.connectionsOfAddress) {
      if (!endOldestUnused(socket, address)) end(socket)
    } else if (open.size > limits.connections && !endOldestUnused(socket)) {
      endIdle()
      if (open.size > limits.connections) end(socket)
    }
  }

  return {
    get count() {
      return open.size
    },
    watch: (server) => {
      servers.push(server)
      server.on('connection', accept)
    },
    use: (socket) => unused.delete(socket),
    endUnused: () => {
      for (const socket of unused) socket.destroy()
    },
  }
}
