/** The paragraphs and pictures of a story as the blocks of its body. */
import {knownTopic} from '../entities/topics.ts'
import type {Ids} from '../identify/nameIds.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import type {NewsBody} from '../model/seedDocument.ts'
import {attributionMarks, type NamedSource} from './attributionMarks.ts'
import {figureOf} from './figureOf.ts'
import {lineKey} from './lineKey.ts'
import {paragraphBlock} from './paragraphBlock.ts'
import type {Propose} from './proposals.ts'
import {quotationMarks} from './quotationMarks.ts'
import {speakerReader, type KnownSpeaker} from './speakers.ts'

export function storyBody(story: ParsedStory, ids: Ids, note: Note, propose: Propose): NewsBody {
  const speaker = speakerReader(knownSpeakers(story, ids))
  const sources = namedSources(story, ids)
  return story.body.map((part) => {
    if (part.kind === 'figure') return {...figureOf(part, ids), _key: lineKey(part.line)}
    const marks = [
      ...quotationMarks(part, speaker, note, propose),
      ...attributionMarks(part, sources),
    ]
    return paragraphBlock(part.line, part.text, marks)
  })
}

/** The people and organisations among the story’s topics; only topics can be speakers. */
function knownSpeakers(story: ParsedStory, ids: Ids): KnownSpeaker[] {
  return (story.topics?.labels ?? []).flatMap((label) => {
    const {kind, name} = knownTopic(label) ?? {}
    if (!name || (kind !== 'person' && kind !== 'organisation')) return []
    return {topicId: ids.topic(label), name, kind}
  })
}

/**
 * A mention of a publisher refers to its work in the credits, or to the publisher if it has
 * several.
 */
function namedSources(story: ParsedStory, ids: Ids): NamedSource[] {
  const publishers = new Set(story.credits.map(({publisher}) => publisher))
  return [...publishers].map((name) => {
    const works = story.credits.flatMap(({publisher, work}) => (publisher === name && work) || [])
    const [work] = works
    const creditId = work && works.length === 1 ? ids.work(name, work.text) : ids.publisher(name)
    return {name, creditId}
  })
}
