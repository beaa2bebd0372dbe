import type {Server} from 'node:http'
import type {Socket} from 'node:net'

import type {ClientLimits} from './clientLimits.ts'

/**
 * The open connections of a lake's servers. When there are too many, those that never sent a
 * request give way to new ones, then those that wait for their next request: no client can shut
 * the others out by opening connections alone.
 */
export interface Connections {
  readonly count: number
  /** Counts those of one more server. */
  watch(server: Server): void
  /** A whole head has come over it. */
  use(socket: Socket): void
  /** Ends those that have sent nothing: browsers and clients open some in advance. */
  endUnused(): void
}

type Limits = Pick<ClientLimits, 'connections' | 'connectionsOfAddress' | 'unused'>

export const createConnections = (limits: Limits): Connections => {
  const servers: Server[] = []
  let open = 0
  const openFrom = new Map<string, number>()
  /** In the order of their coming. */
  const unused = new Set<Socket>()

  const endOldestUnused = (): void => {
    for (const oldest of unused) {
      unused.delete(oldest)
      oldest.destroy()
      return
    }
  }

  const makeRoom = (): void => {
    // The last is the one that has just come.
    if (unused.size > 1) endOldestUnused()
    else for (const server of servers) server.closeIdleConnections()
  }

  const count = (address: string, change: 1 | -1): void => {
    open += change
    const left = (openFrom.get(address) ?? 0) + change
    if (left === 0) openFrom.delete(address)
    else openFrom.set(address, left)
  }

  const accept = (socket: Socket): void => {
    const address = socket.remoteAddress ?? ''
    count(address, 1)
    unused.add(socket)
    socket.once('close', () => {
      count(address, -1)
      unused.delete(socket)
    })
    if (unused.size > limits.unused) endOldestUnused()
    const tooMany = (openFrom.get(address) ?? 0) > limits.connectionsOfAddress
    if (!tooMany && open <= limits.connections) return
    makeRoom()
    // What gives way is counted until its last event, some turns later.
    if (tooMany || open > limits.connections + limits.unused) socket.destroy()
  }

  return {
    get count() {
      return open
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
