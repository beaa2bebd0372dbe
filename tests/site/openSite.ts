/** The reader site on a newsroom's lake, for tests: asked by `fetch` like a server, without a port. */
import {createSite, type Site, type SiteOptions} from '../../site/createSite.ts'
import {type Document, type Newsroom, openNewsroom} from '../queries/newsroom.ts'

export interface TestSite {
  readonly site: Site
  /** Asks for a path, without following redirects. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** @throws the first error that a page hid. */
  close(): void
}

/** A site with the newsroom that it reads. */
export interface ServedNewsroom extends Omit<TestSite, 'close'> {
  readonly newsroom: Newsroom
  /** @throws the first error that a page hid. */
  close(): Promise<void>
}

export const ORIGIN = 'http://copydesk.localhost:3334'

/** A site that watches the lake. Close it before the newsroom. */
export const openSite = async (
  {client}: Newsroom,
  options: Partial<SiteOptions> = {},
): Promise<TestSite> => {
  const errors: unknown[] = []
  const site = createSite({
    client,
    siteUrl: ORIGIN,
    imageBase: 'http://localhost:3333/images/copydesk/production',
    onError: (error) => errors.push(error),
    ...options,
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    site.fetch(new Request(`${ORIGIN}${path}`, {headers}))
  const close = (): void => {
    site.close()
    if (errors.length > 0) throw errors[0]
  }
  return {site, get, close}
}

/** A newsroom with the seeded story and, beside it, `documents`; and its site. */
export const serveNewsroom = async (...documents: readonly Document[]): Promise<ServedNewsroom> =>
  serve(await openNewsroom(...documents))

/** The site of a newsroom, which it closes with itself. */
export const serve = async (
  newsroom: Newsroom,
  options: Partial<SiteOptions> = {},
): Promise<ServedNewsroom> => {
  const {close, ...site} = await openSite(newsroom, options)
  return {
    ...site,
    newsroom,
    close: async () => {
      close()
      await newsroom.close()
    },
  }
}
