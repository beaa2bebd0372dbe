/** Feeds, sitemaps and what partners' systems read. */
import {atom} from '../../front/formats/atom.ts'
import {feedItems} from '../../front/formats/feedItems.ts'
import {jsonFeed} from '../../front/formats/jsonFeed.ts'
import {ninjs, ninjsList, ninjsOfRetracted} from '../../front/formats/ninjs.ts'
import type {Feed} from '../../front/formats/publication.ts'
import {rss} from '../../front/formats/rss.ts'
import {newsSitemap, sitemap, sitemapIndex} from '../../front/formats/sitemaps.ts'
import {
  articleBySlugQuery,
  feedQuery,
  newsSitemapQuery,
  retractedArticleQuery,
  sitemapAfterQuery,
  sitemapQuery,
  topicFeedQuery,
} from '../../front/queries/index.ts'
import type {SitemapQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {type Page, pageOf} from '../http/page.ts'
import {missingPage} from './problem.ts'
import {publicationOf} from './publication.ts'
import type {Visit} from './visit.ts'

/** The endings of feeds. */
export type FeedFormat = 'xml' | 'atom' | 'json'

const written = (type: string, body: string): Page =>
  pageOf({headers: {'content-type': `${type}; charset=utf-8`}, body})

const json = (type: string, value: unknown): Page =>
  written(type, `${JSON.stringify(value, null, 2)}\n`)

/** The newest stories of the site, or of the topic at `slug`. */
export const feedPage = async (
  visit: Visit,
  format: FeedFormat,
  slug: string | null,
): Promise<Page> => {
  const {ask, now, url, settings} = visit
  const publication = publicationOf(visit)
  const topic = slug === null ? null : await ask(topicFeedQuery, {slug, now})
  if (slug !== null && topic === null) return missingPage(visit)
  const stories = topic?.articles ?? (await ask(feedQuery, {now}))
  const name = settings.publicationName
  const feed: Feed = {
    title: topic === null ? name : `${topic.name} – ${name}`,
    publisher: settings.publisher.name,
    language: publication.language,
    page: publication.addressOf(url.pathname.replace(/\/?feed\.\w+$/, '') || '/'),
    self: publication.addressOf(url.pathname),
  }
  const items = feedItems(stories, publication)
  if (format === 'json') return json('application/feed+json', jsonFeed(items, feed))
  return format === 'atom'
    ? written('application/atom+xml', atom(items, feed))
    : written('application/rss+xml', rss(items, feed))
}

/** How many addresses the queries give at once. */
const FULL = 5000

/** The files of addresses, one after the other; the last may be empty. */
async function* sitemapFiles({ask, now}: Visit): AsyncGenerator<SitemapQueryResult> {
  let file = await ask(sitemapQuery, {now})
  yield file
  for (let last = file.at(-1); last && file.length >= FULL; last = file.at(-1)) {
    const position = {lastPublishedAt: last.firstPublishedAt, lastId: last._id}
    file = await ask(sitemapAfterQuery, {now, ...position})
    yield file
  }
}

/** The list of the files of addresses. */
export const sitemapIndexPage = async (visit: Visit): Promise<Page> => {
  const paths: string[] = []
  for await (const _ of sitemapFiles(visit)) paths.push(`/sitemap/${paths.length + 1}.xml`)
  return written('application/xml', sitemapIndex(paths, publicationOf(visit)))
}

/** A file of addresses. @param number from 1 on */
export const sitemapPage = async (visit: Visit, number: number): Promise<Page> => {
  let at = 0
  for await (const stories of sitemapFiles(visit)) {
    at += 1
    if (at < number) continue
    if (stories.length === 0 && number > 1) break
    return written('application/xml', sitemap(stories, publicationOf(visit)))
  }
  return missingPage(visit)
}

const TWO_DAYS = 2 * 86_400_000

/** How long the news sitemap stays the same while no document changes, in milliseconds. */
export const NEWS_STEP = 300_000

/**
 * The stories of the last two days, for Google News.
 * @param present the clock's time, because the visit's stands still between edges
 */
export const newsSitemapPage = async (visit: Visit, present: number): Promise<Page> => {
  const {ask, now} = visit
  // In steps, so that requests within five minutes ask the same.
  const since = new Date(Math.floor((present - TWO_DAYS) / NEWS_STEP) * NEWS_STEP)
  const stories = await ask(newsSitemapQuery, {since: since.toISOString(), now})
  return written('application/xml', newsSitemap(stories, publicationOf(visit)))
}

/** Where search engines find the addresses, and what they should leave alone. */
export const robotsPage = async (visit: Visit): Promise<Page> => {
  const {addressOf} = publicationOf(visit)
  const lines = [
    'User-agent: *',
    'Disallow: /search',
    'Disallow: /api/',
    'Disallow: /preview/',
    '',
    `Sitemap: ${addressOf('/sitemap.xml')}`,
    `Sitemap: ${addressOf('/news-sitemap.xml')}`,
    '',
  ]
  return written('text/plain', lines.join('\n'))
}

/** One story for partners; a retracted one says so. */
export const ninjsPage = async (visit: Visit, slug: string): Promise<Page> => {
  const {ask, now} = visit
  const publication = publicationOf(visit)
  const story = await ask(articleBySlugQuery, {slug, now})
  if (story !== null) return json('application/json', ninjs(story, publication))
  const retracted = await ask(retractedArticleQuery, {slug, now})
  if (retracted === null) return missingPage(visit)
  return json('application/json', ninjsOfRetracted(retracted, slug, publication))
}

/** The newest stories for partners. */
export const ninjsListPage = async (visit: Visit): Promise<Page> => {
  const stories = await visit.ask(feedQuery, {now: visit.now})
  return json('application/json', ninjsList(stories, publicationOf(visit)))
}
