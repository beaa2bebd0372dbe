/** JSON Feed 1.1. https://www.jsonfeed.org/version/1.1/ */
import {unmarked} from '../stega.ts'
import type {FeedItem} from './feedItems.ts'
import type {Feed} from './publication.ts'

/** The feed as an object, to be written as JSON. */
export const jsonFeed = (items: readonly FeedItem[], feed: Feed) =>
  unmarked({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.page,
    feed_url: feed.self,
    language: feed.language,
    authors: [{name: feed.publisher}],
    items: items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      // Every item needs one of the two, stories without their text as well.
      ...(item.html === null
        ? {content_text: item.summary ?? item.title}
        : {content_html: item.html}),
      ...(item.summary !== null && {summary: item.summary}),
      ...(item.picture !== null && {image: item.picture.url}),
      date_published: item.publishedAt,
      date_modified: item.modifiedAt,
      authors: item.authors,
      tags: item.categories,
      language: item.language,
    })),
  })
