/**
 * Chooses the id of each named document, given all names of the import and the documents in the
 * dataset. Two names mean the same document only if they are equal letter for letter (see
 * `readableText`); similar names stay separate, and an editor decides.
 *
 * A name keeps its readable id if no other name has the same one. If two names share it, each gets
 * an id made from its exact name, except a name whose document already exists, because other
 * documents refer to it. So the order of files does not matter, and an archive imported by an
 * earlier version is recognised.
 */
import {agencies} from '../entities/agencies.ts'
import {publicationOf, publications} from '../entities/publications.ts'
import {knownTopic, topicEntries} from '../entities/topics.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import {readableText} from '../parse/readableText.ts'
import {idsOf, type Named} from './ids.ts'

/** A document in the dataset with a name. */
export interface StoredName {
  readonly _id: string
  readonly _type: string
  readonly name: string
  /** Of a credit. */
  readonly kind?: string | null
}

export interface Ids {
  topic(label: string): string
  publisher(name: string): string
  agency(name: string): string
  work(publisher: string, title: string): string
  author(site: string, name: string): string
  /** Other names with the same readable id: similar but not equal. */
  lookAlikes(named: Named): readonly string[]
}

export function nameIds(stories: Iterable<ParsedStory>, stored: readonly StoredName[] = []): Ids {
  const claims = new Map<string, Set<string>>()
  for (const story of stories) {
    for (const named of namesIn(story)) {
      const {bySlug} = idsOf(named)
      claims.set(bySlug, (claims.get(bySlug) ?? new Set()).add(exactName(named)))
    }
  }
  const documents = new Map(stored.map((document) => [document._id, document]))
  const byName = new Map<string, string>()
  for (const document of stored.toSorted((a, b) => (a._id < b._id ? 1 : -1))) {
    const key = storedKey(document)
    if (key !== undefined) byName.set(key, document._id)
  }

  const idOf = (named: Named): string => {
    const ids = idsOf(named)
    if (ids.certain !== undefined) return ids.certain
    const owner = owners.get(ids.bySlug)
    if (owner !== undefined) return owner === exactName(named) ? ids.bySlug : ids.byName
    const decomposed = named.name.normalize('NFD')
    if (decomposed !== named.name) {
      // Earlier versions used the source's characters in any Unicode form.
      const earlier = documents.get(idsOf({...named, name: decomposed}).bySlug)
      if (earlier && readable(earlier.name) === named.name) return earlier._id
    }
    const rivals = claims.get(ids.bySlug)?.size ?? 1
    const there = documents.get(ids.bySlug)
    if (there && isDocumentOf(named, there, rivals)) return ids.bySlug
    if (documents.has(ids.byName)) return ids.byName
    const same = byName.get(nameKey(named))
    if (same !== undefined) return same
    return there || rivals > 1 ? ids.byName : ids.bySlug
  }
  return {
    topic: (name) => idOf({kind: 'topic', name}),
    publisher: (name) => idOf({kind: 'publisher', name}),
    agency: (name) => idOf({kind: 'agency', name}),
    work: (publisher, name) => idOf({kind: 'work', publisher, name}),
    author: (site, name) => idOf({kind: 'author', site, name}),
    lookAlikes: (named) => {
      const {bySlug, certain} = idsOf(named)
      if (certain !== undefined) return []
      const own = exactName(named)
      const there = documents.get(bySlug)
      const names = new Set(claims.get(bySlug))
      const owner = owners.get(bySlug)
      if (owner !== undefined) names.add(owner)
      if (there && !isDocumentOf(named, there, names.size)) names.add(readable(there.name))
      return [...names].filter((name) => name !== own).toSorted()
    },
  }
}

/** Names in the tables of `entities/` own their readable ids. */
const owners: ReadonlyMap<string, string> = new Map(
  [
    ...topicEntries.map(({name}): Named => ({kind: 'topic', name})),
    ...publications.map(({name}): Named => ({kind: 'publisher', name})),
    ...agencies.map((name): Named => ({kind: 'agency', name})),
  ].map((named) => [idsOf(named).bySlug, named.name]),
)

/** Every name of a story that becomes a document. */
function* namesIn(story: ParsedStory): Iterable<Named> {
  for (const name of story.topics?.labels ?? []) yield {kind: 'topic', name}
  yield {kind: 'publisher', name: publicationOf(story.site).name}
  for (const {publisher, work} of story.credits) {
    yield {kind: 'publisher', name: publisher}
    if (work) yield {kind: 'work', publisher, name: work.text}
  }
  for (const part of [story.leadFigure, ...story.body]) {
    if (part?.kind === 'figure' && part.agency) yield {kind: 'agency', name: part.agency}
  }
  for (const name of story.byline.names) yield {kind: 'author', site: story.site, name}
}

/** All labels of one topic in the table map to its name. */
const topicName = (label: string): string => knownTopic(label)?.name ?? label

const exactName = (named: Named): string =>
  named.kind === 'topic' ? topicName(named.name) : named.name

/**
 * Whether the document at the readable id belongs to this name: it has the name, or an editor
 * renamed it to something unrelated. A name with the same readable id belongs to another document.
 */
function isDocumentOf(named: Named, document: StoredName, rivals: number): boolean {
  const name = readable(document.name)
  if (name === exactName(named)) return true
  const leadsHere = idsOf({...named, name}).bySlug === document._id
  return !leadsHere && rivals === 1
}

/** Documents with another id, for example from the Studio, are matched by their exact name. */
function nameKey(named: Named): string {
  if (named.kind === 'topic') return JSON.stringify(['topic', topicName(named.name)])
  return JSON.stringify([named.kind, named.name])
}

/** Undefined if a name is not enough: authors also need a site, works a publisher. */
function storedKey({_type, kind, name}: StoredName): string | undefined {
  if (_type === 'topic') return JSON.stringify(['topic', readable(name)])
  if (_type !== 'credit' || (kind !== 'publisher' && kind !== 'agency')) return undefined
  return JSON.stringify([kind, readable(name)])
}

const readable = (name: string): string => readableText(name).text
