/** What the formats need to know of the publication, beside its stories. */
import {urlOf} from '../addresses.ts'
import type {Thing} from '../addresses.ts'
import type {ArticleBySlugQueryResult, SiteQueryResult} from '../queries/sanity.types.generated.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

export interface FeedPicture {
  readonly url: string
  readonly width: number
  readonly height: number
  readonly alt: string
}

export interface Publication {
  readonly name: string
  /** BCP 47. */
  readonly language: string
  readonly publisher: NonNullable<SiteQueryResult>['publisher']
  /** The absolute address of a path of the site. */
  addressOf(path: string): string
  /** A story's blocks as HTML with absolute addresses. */
  htmlOf(blocks: Story['body']): string
  /** The address of the publisher's logo. */
  logoOf(asset: NonNullable<NonNullable<SiteQueryResult>['publisher']['logo']>): string
  /** A picture at a size for cards, or null without one. */
  pictureOf(figure: Story['leadMedia'], aspect?: number): FeedPicture | null
}

/** The absolute address of a thing's page. */
export const pageAddress = (addressOf: Publication['addressOf'], thing: Thing): string =>
  addressOf(urlOf(thing) ?? '/')

/** One feed: of the whole site, or of a topic. All addresses are absolute. */
export interface Feed {
  readonly title: string
  readonly publisher: string
  readonly language: string
  /** The page with the same stories. */
  readonly page: string
  /** The feed itself. */
  readonly self: string
}
