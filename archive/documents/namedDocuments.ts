/** The documents of what a story names: authors, topics, credits. */
import {reference} from '../../seed/documents/reference.ts'
import {knownTopic} from '../../seed/entities/topics.ts'
import {hashOf} from '../../seed/identify/ids.ts'
import {slugOf} from '../../seed/identify/slugOf.ts'
import type {Article, SeedDocument} from '../../seed/model/seedDocument.ts'
import {excerpt} from '../../seed/parse/excerpt.ts'
import {readableText} from '../../seed/parse/readableText.ts'
import {creditsIn} from '../story/creditsIn.ts'
import type {Story, StoryFigure, StoryFlag, StoryName, StoryTerm} from '../story/story.ts'
import type {Identities} from './identities.ts'

interface Named {
  readonly documents: readonly SeedDocument[]
  readonly byline: NonNullable<Article['byline']>
  /** Ids, each once, in the order of the source. */
  readonly topics: readonly string[]
  readonly section: string | undefined
}

export function namedDocuments(
  story: Story,
  section: StoryTerm | undefined,
  figures: ReadonlyMap<string, StoryFigure>,
  ids: Identities,
  flags: StoryFlag[],
): Named {
  const {pointer} = story.source
  const sameName = (kind: 'author' | 'topic', name: string): void => {
    const count = ids.namesakes(kind, name)
    if (count < 2) return
    const message = `The archive has ${count} entries named ${excerpt(name)}, which stay apart. Merge them if they are the same.`
    flags.push({code: 'sameName', pointer, message, evidence: name})
  }
  const documents = new Map<string, SeedDocument>()
  const topicOf = (term: StoryTerm, isSection: boolean): string => {
    const _id = ids.topic(term)
    if (term.documentId !== undefined) return _id
    const label = readableText(term.name).text
    const known = knownTopic(label)
    const name = known?.name ?? label
    sameName('topic', name)
    documents.set(_id, {
      _id,
      _type: 'topic',
      name,
      slug: slug(name),
      kind: isSection || ids.isSection(name) ? 'section' : (term.kind ?? known?.kind ?? 'subject'),
    })
    return _id
  }
  const addAuthor = (_id: string, entry: StoryName): void => {
    const name = readableText(entry.text).text
    sameName('author', name)
    const others = ids.otherNames(_id, name)
    if (others.length > 0) {
      const message = `The archive has the id of ${excerpt(name)} also for ${others.map(excerpt).join(', ')}. If they are different people, import each site by itself, with its own "source" in site.json.`
      flags.push({code: 'sameAuthorId', pointer, message, evidence: name})
    }
    documents.set(_id, {
      _id,
      _type: 'author',
      name,
      slug: slug(name),
      kind: entry.kind,
      ...(entry.biography && {bio: entry.biography}),
    })
  }
  const byline = story.names.map((entry, index) => {
    const _id = ids.author(entry, story)
    if (entry.documentId === undefined) addAuthor(_id, entry)
    const key = {_type: 'bylineEntry' as const, _key: `a${index + 1}`}
    return {...key, author: reference(_id), role: entry.role}
  })
  for (const credit of creditsIn(story, figures.values())) {
    if (credit.documentId !== undefined) continue
    const _id = ids.credit(credit)
    documents.set(_id, {
      _id,
      _type: 'credit',
      kind: credit.kind,
      name: readableText(credit.text).text,
    })
  }
  const topics = [...new Set(story.topics.map((term) => topicOf(term, false)))]
  const sectionId = section && topicOf(section, true)
  const seen = new Set<string>()
  return {
    documents: [...documents.values()],
    byline: byline.filter(({author, role}) => {
      const key = `${author._ref} ${role}`
      return !seen.has(key) && seen.add(key)
    }),
    topics,
    section: sectionId,
  }
}

function slug(name: string) {
  return {_type: 'slug' as const, current: slugOf(name) || hashOf(12, name)}
}
