/**
 * Ids of imported documents: the same source gives the same id on every machine, so an import can
 * be repeated. They are `type-key`, with hyphens only (a dot would make a document private) and
 * without names of people, because ids outlive deletion.
 *
 * A name has two ids. The first is made from its slug, as every version of the import made it, and
 * is readable; but `Disney` and `Disney+` share it. The second is a hash of the exact name. Which
 * of them a document gets is decided by `nameIds.ts`.
 */
import {createHash} from 'node:crypto'

import {knownTopic} from '../entities/topics.ts'
import {slugOf} from './slugOf.ts'

const KEY_MAX = 64

/** Something that stories name, and that several of them may share. */
export type Named =
  | {readonly kind: 'topic'; readonly name: string}
  | {readonly kind: 'publisher' | 'agency'; readonly name: string}
  | {readonly kind: 'work'; readonly name: string; readonly publisher: string}
  /** An author is a name in the bylines of one site. */
  | {readonly kind: 'author'; readonly name: string; readonly site: string}

export interface NameIds {
  /** Made from an identifier of somebody else’s, such as Wikidata’s: it cannot collide. */
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
 * An article is the headline it was first printed with and the minute it was published: what an
 * editor changes later does not change the id. `localTime` is `2021-02-14T12:31`, the headline as
 * printed but for its spaces.
 */
export function articleId(site: string, localTime: string, headline: string): string {
  const day = localTime.slice(0, 10).replaceAll('-', '')
  const hash = hashOf(8, 'article', site.toLowerCase(), localTime, headline)
  return `article-${keyOf(site)}-${day}-${hash}`
}

/** One list of the most read a site and day. `capturedOn` is `YYYY-MM-DD`. */
export function mostReadId(site: string, capturedOn: string): string {
  return `mostRead-${keyOf(site)}-${capturedOn.replaceAll('-', '')}`
}

export function hashOf(length: number, ...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, length)
}

/** The slug of a name, or a hash where the slug would be empty or too long for an id. */
function keyOf(name: string): string {
  const slug = slugOf(name)
  return slug !== '' && slug.length <= KEY_MAX ? slug : hashOf(12, name.toLowerCase())
}
