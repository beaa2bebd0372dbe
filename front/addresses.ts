/** The one place that knows the addresses of the site's pages. */

/** What has a page: a document as the queries answer it, or one of the site's own pages. */
export type Thing =
  /** The front page belongs to the settings: they are what the Studio opens beside it. */
  | {readonly _type: 'siteSettings' | 'topics' | 'search' | 'corrections'}
  /** A story, topic or author, or any other document with a slug: a podcast is at `/podcasts/…`. */
  | {readonly _type: string; readonly slug: string | null | undefined}
  /** A credit has no slug; a draft without one has an address in previews. */
  | {readonly _type: 'credit' | 'preview'; readonly _id: string}

const PAGES: ReadonlyMap<string, string> = new Map([
  ['siteSettings', '/'],
  ['topics', '/topics'],
  ['search', '/search'],
  ['corrections', '/corrections'],
])

/** A name as one segment of a path. Browsers would resolve `.` and `..`, however they are written. */
const inFolder = (folder: string, name: string): string | null =>
  name === '' || name === '.' || name === '..' || !name.isWellFormed()
    ? null
    : `/${folder}/${encodeURIComponent(name)}`

/**
 * The path of a thing's page, such as `/news/ferry-returns`, or null if it has none: in the
 * queries' answers, a link to a story that is not live has no slug.
 */
export const urlOf = (thing: Thing): string | null => {
  const {_type: type} = thing
  const page = PAGES.get(type)
  if (page !== undefined) return page
  if ('slug' in thing) return thing.slug ? inFolder(folderOf(type), thing.slug) : null
  if (!('_id' in thing)) return null
  return inFolder(type === 'credit' ? 'credits' : type, thing._id)
}

const folderOf = (type: string): string => (type === 'article' ? 'news' : `${type}s`)

/**
 * The thing whose page is at a path, or null: the opposite of `urlOf`. A query says whether there
 * is such a document. A path with capitals or a slash at its end is another path.
 */
export const routeOf = (path: string): Thing | null => {
  for (const [type, page] of PAGES) if (page === path && isOwnPage(type)) return {_type: type}
  const [, folder = '', last = ''] = /^\/([a-z]+)\/([^/]+)$/i.exec(path) ?? []
  const name = decoded(last)
  const thing = name === null ? null : thingIn(folder, name)
  return thing !== null && urlOf(thing) === path ? thing : null
}

type OwnPage = Exclude<Thing, {readonly slug: unknown} | {readonly _id: unknown}>['_type']

const isOwnPage = (type: string): type is OwnPage => PAGES.has(type)

const thingIn = (folder: string, name: string): Thing => {
  if (folder === 'credits') return {_type: 'credit', _id: name}
  if (folder === 'preview') return {_type: 'preview', _id: name}
  return {_type: folder === 'news' ? 'article' : folder.replace(/s$/, ''), slug: name}
}

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
