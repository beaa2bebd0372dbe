/**
 * Chooses the ids of authors, topics and credits. Two names are the same thing only if they are equal
 * letter for letter (see `readableText`), and an id of the former system counts more than a name:
 * different ids with one name are different things, with a flag.
 *
 * It learns all names before the first document is made, so the order of files does not matter.
 */
import {addressOf, freeSlug} from '../../seed/documents/freeSlug.ts'
import {publicationOf} from '../../seed/entities/publications.ts'
import {knownTopic} from '../../seed/entities/topics.ts'
import {hashOf, idsOf} from '../../seed/identify/ids.ts'
import type {StoredName} from '../../seed/identify/nameIds.ts'
import {slugOf} from '../../seed/identify/slugOf.ts'
import type {SeedDocument} from '../../seed/model/seedDocument.ts'
import {readableText} from '../../seed/parse/readableText.ts'
import type {Story, StoryName, StoryTerm} from '../story/story.ts'
import type {StoryRegister} from '../storyRegister.ts'

type Credited = Story['lead'] extends infer Figure
  ? NonNullable<Figure> extends {credits: (infer Credit)[]}
    ? Credit
    : never
  : never

export interface Identities {
  /** Learns the names of one story; call it for all stories first. */
  learn(story: Story): void
  author(name: StoryName, story: Story): string
  topic(term: StoryTerm): string
  /** Whether any story uses the topic as its section. */
  isSection(id: string): boolean
  credit(credit: Credited): string
  /**
   * The document with a slug that no other document of the import has. Of several with one slug the
   * first by id keeps it, so the order of files does not matter.
   */
  withOwnSlug<Document extends SeedDocument>(document: Document): SeedDocument
  /** Other names that the archive has for this author. */
  otherNames(id: string, name: string): string[]
  /** How many things of the former system have this name. */
  namesakes(kind: 'author' | 'topic', name: string): number
}

const authorId = ({documentId, sourceId, text}: StoryName, {source}: Story): string => {
  if (documentId !== undefined) return documentId
  if (sourceId !== undefined) return `author-${hashOf(12, 'author source', sourceId)}`
  const [url] = source.urls
  const site = url === undefined ? source.format : new URL(url).host
  return idsOf({kind: 'author', name: exact(text), site}).byName
}

/** `register` has the slugs of all articles. */
export function identities(
  stored: readonly StoredName[],
  register: Pick<StoryRegister, 'holderOf'>,
): Identities {
  const sources = new Map<string, Set<string>>()
  const sections = new Set<string>()
  const authorNames = new Map<string, Set<string>>()
  const ids = new Set(stored.map(({_id}) => _id))
  const byName = new Map<string, string>()
  for (const {_id, _type, kind, name} of stored.toSorted((a, b) => (a._id < b._id ? 1 : -1))) {
    if (_type === 'topic') byName.set(`topic ${exact(name)}`, _id)
    if (_type === 'credit' && kind) byName.set(`${kind} ${exact(name)}`, _id)
  }
  /** Who wants a slug, by address: ids are known when all stories are. */
  const claims = new Map<string, Map<string, () => string>>()
  const claim = (type: string, slug: string, what: string, idOf: () => string): void => {
    const address = addressOf(type, slug)
    const wanted = claims.get(address) ?? new Map<string, () => string>()
    // Only the first: a name keeps in memory the part of the file that it was cut from.
    if (!wanted.has(what)) wanted.set(what, idOf)
    claims.set(address, wanted)
  }
  const holders = new Map<string, string>()
  const holderOf = (address: string): string | undefined => {
    const wanted = claims.get(address)
    if (wanted && wanted.size > 1 && !holders.has(address)) {
      const [first] = [...wanted.values()].map((idOf) => idOf()).toSorted()
      if (first !== undefined) holders.set(address, first)
    }
    return holders.get(address)
  }
  const learnSource = (kind: string, name: string, sourceId: string | undefined): void => {
    if (sourceId === undefined) return
    const key = `${kind} ${exact(name)}`
    sources.set(key, (sources.get(key) ?? new Set()).add(sourceId))
  }
  const namesakes = (kind: string, name: string): number =>
    sources.get(`${kind} ${exact(name)}`)?.size ?? 0

  const topicId = ({documentId, name, sourceId}: StoryTerm): string => {
    if (documentId !== undefined) return documentId
    const label = exact(name)
    const known = knownTopic(label)
    const {byName: hashed, bySlug, certain} = idsOf({kind: 'topic', name: label})
    if (certain !== undefined) return certain
    const own = sourceId === undefined ? undefined : `topic-${hashOf(12, 'topic source', sourceId)}`
    if (own !== undefined && (ids.has(own) || namesakes('topic', label) > 1)) return own
    return byName.get(`topic ${known?.name ?? label}`) ?? (known ? bySlug : hashed)
  }

  return {
    learn(story) {
      for (const term of [...story.topics, ...(story.section ? [story.section] : [])]) {
        const {documentId, name, sourceId} = term
        if (documentId !== undefined) continue
        learnSource('topic', name, sourceId)
        claim('topic', slugOf(exact(name)), `${exact(name)} ${sourceId}`, () => topicId(term))
      }
      for (const name of story.names) {
        if (name.documentId !== undefined) continue
        learnSource('author', name.text, name.sourceId)
        const id = authorId(name, story)
        claim('author', slugOf(exact(name.text)), id, () => id)
        authorNames.set(id, (authorNames.get(id) ?? new Set()).add(exact(name.text)))
      }
      if (story.section) sections.add(exact(story.section.name))
    },
    author: authorId,
    topic: topicId,
    isSection: (name) => sections.has(exact(name)),
    credit({documentId, kind, text}) {
      if (documentId !== undefined) return documentId
      const name = exact(text)
      const there = byName.get(`${kind} ${name}`)
      if (there !== undefined) return there
      if (
        kind === 'publisher' &&
        publicationOf(name).name === name &&
        publicationOf(name).baseUrl
      ) {
        return idsOf({kind, name}).bySlug
      }
      return `credit-${kind}-${hashOf(12, 'credit name', kind, name)}`
    },
    withOwnSlug(document) {
      if (!('slug' in document)) return document
      const slug = document.slug.current
      const address = addressOf(document._type, slug)
      const first = document._type === 'article' ? register.holderOf(slug) : holderOf(address)
      return first === undefined ? document : freeSlug(document, new Map([[address, first]]))
    },
    otherNames: (id, name) => [...(authorNames.get(id) ?? [])].filter((one) => one !== exact(name)),
    namesakes,
  }
}

const exact = (name: string): string => readableText(name).text
