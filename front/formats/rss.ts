/** RSS 2.0, with the full text where it may leave the site. https://www.rssboard.org/rss-specification */
import {type FeedItem, lastChange} from './feedItems.ts'
import type {Feed} from './publication.ts'
import {element, type Xml, xmlDocument} from './xml.ts'

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
}

/** The feed as a document. */
export const rss = (items: readonly FeedItem[], {title, page, self, language}: Feed): string =>
  xmlDocument(
    element(
      'rss',
      {version: '2.0', ...NAMESPACES},
      element(
        'channel',
        {},
        element('title', {}, title),
        element('link', {}, page),
        // The specification asks for one, and we have no other words for it.
        element('description', {}, title),
        element('language', {}, language),
        element('lastBuildDate', {}, dateOf(lastChange(items))),
        element('atom:link', {rel: 'self', type: 'application/rss+xml', href: self}),
        items.map(itemOf),
      ),
    ),
  )

const itemOf = (item: FeedItem): Xml =>
  element(
    'item',
    {},
    element('title', {}, item.title),
    element('link', {}, item.url),
    element('guid', {isPermaLink: 'false'}, item.id),
    element('pubDate', {}, dateOf(item.publishedAt)),
    item.authors.map(({name}) => element('dc:creator', {}, name)),
    item.categories.map((category) => element('category', {}, category)),
    item.summary !== null && element('description', {}, item.summary),
    item.html !== null && element('content:encoded', {}, item.html),
    item.picture !== null &&
      element('media:content', {
        url: item.picture.url,
        medium: 'image',
        width: String(item.picture.width),
        height: String(item.picture.height),
      }),
  )

/** A date of RFC 822, with four digits for the year. */
const dateOf = (time: string): string => new Date(time).toUTCString()
