import type {Server} from 'node:http'
import type {Socket} from 'node:net'

import type {ClientLimits} from './clientLimits.ts'

/**
 * The open connections of a lake's servers. When there are too many, the oldest that never sent a
 * request gives way to a new one, then those that wait for their next request: no client can shut
 * the others out by opening connections alone.
 */
export interface Connections {
  /** How many are open. */
  readonly count: number
  /** Counts those of one more server. */
  watch(server: Server): void
  /** A whole head has come over it. */
  use(socket: Socket): void
  /** Ends those that have sent nothing: browsers and clients open some in advance. */
  endUnused(): void
}

type Limits = Pick<ClientLimits, 'connections' | 'connectionsOfAddress'>

export const createConnections = (limits: Limits): Connections => {
  const servers: Server[] = []
  /** With the address that each comes from. */
  const open = new Map<Socket, string>()
  const openFrom = new Map<string, number>()
  /** In the order of their coming. */
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

  /** Not at its last event: many connections may come before that. */
  const end = (socket: Socket): void => {
    forget(socket)
    socket.destroy()
  }

  /** @returns Whether there was one beside the newcomer. */
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
