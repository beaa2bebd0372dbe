/**
 * Ids of imported documents: the same source gives the same id on every machine, so an import can
 * be repeated. They are `type-key`, with hyphens only (a dot would make a document private) and
 * without names of people, because ids outlive deletion. Where a name cannot be the key, the key
 * is a prefix of the SHA-256 of what identifies the thing in the source.
 */
import {createHash} from 'node:crypto'

import {knownTopic} from '../entities/topics.ts'
import {slugOf} from './slugOf.ts'

const KEY_MAX = 64

export function publisherId(name: string): string {
  return `credit-publisher-${keyOf(name)}`
}

export function agencyId(name: string): string {
  return `credit-agency-${keyOf(name)}`
}

/** A work is its publisher and its title, letter for letter. */
export function workId(publisher: string, title: string): string {
  const hash = hashOf(8, 'work', publisher.toLowerCase(), title)
  return `credit-work-${keyOf(publisher)}-${hash}`
}

/** An author is a name in the bylines of one site. */
export function authorId(site: string, name: string): string {
  return `author-${hashOf(12, 'author', site.toLowerCase(), name.toLowerCase())}`
}

/** A topic of the table is its Wikidata item; another is its label. */
export function topicId(label: string): string {
  const known = knownTopic(label)
  if (known?.wikidata) return `topic-wd-${known.wikidata.toLowerCase()}`
  return `topic-${keyOf(known?.name ?? label)}`
}

/**
 * An article is the headline it was first printed with and the minute it was published: what an
 * editor changes later does not change the id. `localTime` is `2021-02-14T12:31`.
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
