/** The lake and Payload, each in a process of its own, with the same articles and questions. */
import {join} from 'node:path'

import {z} from 'zod'

import {queryPath, startLakeServer} from '../load.ts'
import {startProgram} from '../process.ts'

/** What both store of an article: about 4 KB of JSON. */
export interface Article {
  readonly id: string
  readonly slug: string
  readonly headline: string
  readonly firstPublishedAt: string
  readonly body: unknown
}

export interface Side {
  readonly name: string
  readonly pid: number
  readonly port: number
  readonly token?: string
  /** Creates articles, in one request where there is a request for several. */
  create(articles: readonly Article[]): Promise<void>
  /** Whether `create` sends several in one request. */
  readonly hasBatches: boolean
  changeHeadline(article: Article, headline: string): Promise<void>
  bySlug(slug: string): string
  /** Twenty headlines with their slugs, newest first; pages count from 0. */
  page(number: number): string
  stop(): Promise<void>
}

export const PAGE = 20

const send = async (
  url: string,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> => {
  const response = await fetch(url, {
    method,
    headers: {'content-type': 'application/json', ...headers},
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}

export const startLake = async (folder: string): Promise<Side> => {
  const {url, port, pid, token, stop} = await startLakeServer(join(folder, 'lake'))
  const mutate = async (mutations: readonly object[]): Promise<void> => {
    const to = `${url}/v2025-02-19/data/mutate/production`
    await send(to, 'POST', {mutations}, {authorization: `Bearer ${token}`})
  }
  const ARTICLE = '*[_type == "article" && slug.current == $slug][0]'
  return {
    name: 'lake',
    pid,
    port,
    token,
    hasBatches: true,
    create: (articles) =>
      mutate(
        articles.map(({id, slug, ...fields}) => ({
          create: {_id: id, _type: 'article', slug: {_type: 'slug', current: slug}, ...fields},
        })),
      ),
    changeHeadline: ({id}, headline) => mutate([{patch: {id, set: {headline}}}]),
    bySlug: (slug) => queryPath(ARTICLE, {slug}),
    page: (number) =>
      queryPath(
        `*[_type == "article"] | order(firstPublishedAt desc)[${number * PAGE}...${(number + 1) * PAGE}]{headline, "slug": slug.current}`,
        {},
      ),
    stop,
  }
}

const portSchema = z.object({port: z.number()})
const createdSchema = z.object({doc: z.object({id: z.number()})})

/** @param folder Where Payload is installed. */
export const startPayload = async (folder: string): Promise<Side> => {
  const program = startProgram(join(folder, 'payloadServer.js'), join(folder, 'payload.sqlite'))
  const {port} = portSchema.parse(await program.next())
  const url = `http://127.0.0.1:${port}/api/articles`
  /** Payload gives numbers. */
  const numbers = new Map<string, number>()
  return {
    name: 'Payload',
    pid: program.pid,
    port,
    hasBatches: false,
    async create(articles) {
      for (const {id, ...fields} of articles) {
        numbers.set(id, createdSchema.parse(await send(url, 'POST', fields)).doc.id)
      }
    },
    async changeHeadline({id}, headline) {
      await send(`${url}/${numbers.get(id)}?depth=0`, 'PATCH', {headline})
    },
    bySlug: (slug) =>
      `/api/articles?depth=0&limit=1&pagination=false&where[slug][equals]=${encodeURIComponent(slug)}`,
    page: (number) =>
      `/api/articles?depth=0&sort=-firstPublishedAt&limit=${PAGE}&page=${number + 1}&select[headline]=true&select[slug]=true`,
    stop: program.stop,
  }
}
