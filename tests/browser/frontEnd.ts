import {createServer, type Server} from 'node:http'

import {getRequestListener} from '@hono/node-server'
import type {SanityClient} from '@sanity/client'

import {createSite, type Site} from '../../site/createSite.ts'

/** The site for readers, at the place where the Studio of a lake looks for it. */
export interface FrontEnd extends AsyncDisposable {
  /** `http://copydesk.localhost:PORT` */
  readonly url: string
  /** The port that the lake has to take: one below the site's. */
  readonly lakePort: number
  /** Opens the site, once the lake is open. @param client with a token */
  open(client: SanityClient): void
  /** A page as a reader gets it. */
  read(path: string): Promise<string>
}

/** Takes a port before the lake does, so that no other test can have it. */
export const openFrontEnd = async (): Promise<FrontEnd> => {
  let site: Site | undefined
  const server = createServer(
    getRequestListener((request) => site?.fetch(request) ?? new Response(null, {status: 503})),
  )
  const port = await listen(server)
  const url = `http://copydesk.localhost:${port}`
  return {
    url,
    lakePort: port - 1,
    open: (client) => {
      const {token} = client.config()
      site = createSite({
        client: client.withConfig({token: undefined, perspective: 'published'}),
        ...(token && {token}),
        siteUrl: url,
        imageBase: `${url}/images`,
      })
    },
    read: async (path) => (await site?.fetch(new Request(`${url}${path}`)))?.text() ?? '',
    [Symbol.asyncDispose]: async () => {
      site?.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.listen(0, 'localhost', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('No port.'))
      else resolve(address.port)
    })
  })
