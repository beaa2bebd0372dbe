import {createServer} from 'node:http'

import type {SanityClient} from '@sanity/client'

import {articleBySlugQuery} from '../../front/queries/index.ts'

/** A site with one kind of page: an article’s headline, including drafts, at `/news/<slug>`. */
export interface FrontEnd extends AsyncDisposable {
  readonly url: string
  /** Sets where the articles are. */
  read(client: SanityClient): void
}

export const openFrontEnd = async (): Promise<FrontEnd> => {
  let client: SanityClient | undefined
  const headlineAt = async (path: string): Promise<string | undefined> => {
    const slug = /^\/news\/([\w-]+)$/.exec(path)?.[1]
    if (slug === undefined) return undefined
    const now = new Date().toISOString()
    const article = await client?.fetch(articleBySlugQuery, {slug, now})
    return article?.headline
  }
  const pageAt = async (path: string): Promise<string> => {
    const headline = (await headlineAt(path)) ?? 'Front page'
    return `<!doctype html><title>Site</title><h1>${headline}</h1>`
  }
  const server = createServer((request, response) => {
    const {pathname} = new URL(request.url ?? '/', 'http://site')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    pageAt(pathname).then(
      (page) => response.end(page),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  return {
    url: `http://localhost:${address.port}`,
    read: (given) => {
      client = given
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
