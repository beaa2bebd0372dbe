/** Ports that no program listens on. */
import {createServer} from 'node:net'

/** A free port of this machine. */
export const freePort = async (): Promise<number> => {
  const port = await listenOnce(0)
  if (port === null) throw new Error('This machine has no free port.')
  return port
}

/** A free port whose next one is free too, for a lake and its site. */
export const freePair = async (): Promise<number> => {
  for (;;) {
    const port = await freePort()
    if (port < 65_535 && (await listenOnce(port + 1)) !== null) return port
  }
}

/** Takes a port and frees it again. @param port 0 takes any @returns null if it is taken */
const listenOnce = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, 'localhost', () => {
      const address = server.address()
      const found = typeof address === 'object' && address !== null ? address.port : null
      server.close(() => resolve(found))
    })
  })
