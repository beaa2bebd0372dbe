import {createServer} from 'node:http'

import {createClient, type SanityClient} from '@sanity/client'
import {evaluate, parse} from 'groq-js'

import type {TestDocument} from './documents.ts'

/** INTERIM until the lake serves: GROQ over an array, behind the two routes that validation uses. */
export const openNewsroom = async (
  documents: readonly TestDocument[],
): Promise<{client: SanityClient; close(): Promise<void>}> => {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const answer = (body: object) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    const ids = new Set(documents.map(({_id}) => _id))
    if (url.pathname.includes('/data/doc/')) {
      const asked = decodeURIComponent(url.pathname.split('/').at(-1) ?? '').split(',')
      answer({
        documents: asked.filter((id) => ids.has(id)).map((_id) => ({_id})),
        omitted: asked.filter((id) => !ids.has(id)).map((id) => ({id, reason: 'existence'})),
      })
      return
    }
    const params = Object.fromEntries(
      [...url.searchParams]
        .filter(([key]) => key.startsWith('$'))
        .map(([key, value]) => [key.slice(1), JSON.parse(value)]),
    )
    const perspective = url.searchParams.get('perspective')
    const published = documents.filter(({_id}) => !_id.includes('.'))
    const drafts = documents
      .filter(({_id}) => _id.startsWith('drafts.'))
      .map((document) => ({...document, _id: document._id.slice(7)}))
    const dataset =
      perspective === 'raw'
        ? documents
        : perspective === 'drafts'
          ? [...drafts, ...published.filter(({_id}) => !drafts.some((draft) => draft._id === _id))]
          : published
    const value = await evaluate(parse(url.searchParams.get('query') ?? '', {params}), {
      dataset,
      params,
    })
    answer({ms: 0, result: await value.get()})
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    client: createClient({
      projectId: 'copydesk',
      dataset: 'production',
      apiVersion: '2025-02-19',
      apiHost: `http://127.0.0.1:${port}`,
      useProjectHostname: false,
      useCdn: false,
    }),
    close: () => new Promise((done) => server.close(() => done())),
  }
}
