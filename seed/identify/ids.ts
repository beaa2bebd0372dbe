/**
 * Ids of imported documents. The same source gives the same id on every machine, so an import can
 * be repeated. An id is `type-key`, with hyphens only (a dot would make a document private) and
 * without names of people, because ids remain after a document is deleted.
 *
 * A name has two ids. The first is readable and made from its slug, as in every version of the
 * import; but `Disney` and `Disney+` share it. The second is a hash of the exact name. `nameIds.ts`
 * decides which of them a document gets.
 */
import {createHash} from 'node:crypto'

import {knownTopic} from '../entities/topics.ts'
import {slugOf} from './slugOf.ts'

const KEY_MAX = 64

/** A thing that stories name and may share. */
export type Named =
  | {readonly kind: 'topic'; readonly name: string}
  | {readonly kind: 'publisher' | 'agency'; readonly name: string}
  | {readonly kind: 'work'; readonly name: string; readonly publisher: string}
  /** An author is a name in the bylines of one site. */
  | {readonly kind: 'author'; readonly name: string; readonly site: string}

export interface NameIds {
  /** Made from an external identifier, such as Wikidata’s, so it cannot collide. */
  readonly certain?: string
  readonly bySlug: string
  readonly byName: string
}

/** Both ids of a name. `name` is readable text: see `readableText`. */
export function idsOf(named: Named): NameIds {
  switch (named.kind) {
    case 'topic': {
      const known = knownTopic(named.name)
      const name = known?.name ?? named.name
      return {
        ...(known?.wikidata && {certain: `topic-wd-${known.wikidata.toLowerCase()}`}),
        bySlug: `topic-${keyOf(name)}`,
        byName: `topic-${hashOf(12, 'topic name', name)}`,
      }
    }
    case 'publisher':
    case 'agency':
      return {
        bySlug: `credit-${named.kind}-${keyOf(named.name)}`,
        byName: `credit-${named.kind}-${hashOf(12, 'credit name', named.kind, named.name)}`,
      }
    case 'work': {
      const {name, publisher} = named
      const short = hashOf(8, 'work', publisher.toLowerCase(), name)
      return {
        bySlug: `credit-work-${keyOf(publisher)}-${short}`,
        byName: `credit-work-${hashOf(12, 'work name', publisher, name)}`,
      }
    }
    case 'author': {
      const site = named.site.toLowerCase()
      return {
        bySlug: `author-${hashOf(12, 'author', site, named.name.toLowerCase())}`,
        byName: `author-${hashOf(12, 'author name', site, named.name)}`,
      }
    }
  }
}

/**
 * An article’s id is made from its first headline and the minute of publication, so later edits do
 * not change it. `localTime` is like `2021-02-14T12:31`; `headline` is as printed, with spaces
 * folded.
 */
export function articleId(site: string, localTime: string, headline: string): string {
  const day = localTime.slice(0, 10).replaceAll('-', '')
  const hash = hashOf(8, 'article', site.toLowerCase(), localTime, headline)
  return `article-${keyOf(site)}-${day}-${hash}`
}

/** One most-read list for each site and day. `capturedOn` is `YYYY-MM-DD`. */
export function mostReadId(site: string, capturedOn: string): string {
  return `mostRead-${keyOf(site)}-${capturedOn.replaceAll('-', '')}`
}

export function hashOf(length: number, ...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, length)
}

/** The slug of a name, or a hash if the slug would be empty or too long for an id. */
function keyOf(name: string): string {
  const slug = slugOf(name)
  return slug !== '' && slug.length <= KEY_MAX ? slug : hashOf(12, name.toLowerCase())
}
