/** What the feeds say of each story, before it is written as RSS, Atom or JSON. */
import type {FeedQueryResult} from '../queries/sanity.types.generated.ts'
import {pageAddress} from './publication.ts'
import type {FeedPicture, Publication} from './publication.ts'

type Story = FeedQueryResult[number]

export interface FeedItem {
  /** The id of the document: it stays when the address changes. */
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string | null
  /** The whole story as HTML with absolute addresses; null unless it may leave the site. */
  readonly html: string | null
  /** ISO 8601. */
  readonly publishedAt: string
  readonly modifiedAt: string
  readonly authors: readonly {readonly name: string; readonly url: string}[]
  readonly categories: readonly string[]
  readonly picture: FeedPicture | null
  /** BCP 47. */
  readonly language: string
  readonly rights: string | null
}

/** The stories of a feed, in their order. */
export const feedItems = (feed: FeedQueryResult, publication: Publication): readonly FeedItem[] =>
  feed.map((story) => itemOf(story, publication))

const itemOf = (story: Story, publication: Publication): FeedItem => ({
  id: story._id,
  url: pageAddress(publication.addressOf, {_type: 'article', slug: story.slug}),
  title: story.headline,
  summary: story.summary || null,
  html: story.body === null ? null : publication.htmlOf(story.body),
  publishedAt: story.firstPublishedAt,
  modifiedAt: story.dateModified,
  authors: (story.byline ?? []).map(({author: {name, slug}}) => ({
    name,
    url: pageAddress(publication.addressOf, {_type: 'author', slug}),
  })),
  categories: [...new Set([story.section, ...(story.topics ?? [])].map(({name}) => name))],
  picture: publication.pictureOf(story.leadMedia),
  language: story.language ?? publication.language,
  rights: story.rightsNotice,
})

/** When the newest change was, or the start of 1970 for an empty feed; ISO 8601. */
export const lastChange = (items: readonly FeedItem[]): string =>
  new Date(Math.max(0, ...items.map(({modifiedAt}) => Date.parse(modifiedAt)))).toISOString()
