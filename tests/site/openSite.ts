/** The reader site on a newsroom's lake, for tests: asked by `fetch` like a server, without a port. */
import {createSite, type Site, type SiteOptions} from '../../site/createSite.ts'
import type {Newsroom} from '../queries/newsroom.ts'

export interface TestSite {
  readonly site: Site
  /** Asks for a path, without following redirects. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** @throws the first error that a page hid. */
  close(): void
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
