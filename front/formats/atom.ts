/** Atom. https://www.rfc-editor.org/rfc/rfc4287 */
import {type FeedItem, lastChange} from './feedItems.ts'
import type {Feed} from './publication.ts'
import {element, type Xml, xmlDocument} from './xml.ts'

/** The feed as a document. */
export const atom = (items: readonly FeedItem[], feed: Feed): string =>
  xmlDocument(
    element(
      'feed',
      {xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': feed.language},
      element('id', {}, feed.self),
      element('title', {}, feed.title),
      element('updated', {}, lastChange(items)),
      element('author', {}, element('name', {}, feed.publisher)),
      element('link', {rel: 'self', type: 'application/atom+xml', href: feed.self}),
      element('link', {rel: 'alternate', type: 'text/html', href: feed.page}),
      items.map((item) => entryOf(item, feed)),
    ),
  )

const entryOf = (item: FeedItem, {self, language}: Feed): Xml =>
  element(
    'entry',
    {'xml:lang': item.language === language ? null : item.language},
    element('id', {}, tagOf(item, self)),
    element('title', {}, item.title),
    element('link', {rel: 'alternate', type: 'text/html', href: item.url}),
    element('published', {}, item.publishedAt),
    element('updated', {}, item.modifiedAt),
    item.authors.map(({name, url}) =>
      element('author', {}, element('name', {}, name), element('uri', {}, url)),
    ),
    item.categories.map((term) => element('category', {term})),
    item.rights !== null && element('rights', {}, item.rights),
    item.summary !== null && element('summary', {}, item.summary),
    item.html !== null && element('content', {type: 'html'}, item.html),
  )

/** A `tag:` address (RFC 4151): the document's id, at our host on the day of its publication. */
const tagOf = ({id, publishedAt}: FeedItem, self: string): string =>
  `tag:${new URL(self).hostname},${publishedAt.slice(0, 10)}:${id}`
