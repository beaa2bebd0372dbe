/** The paragraphs and pictures of a story as the blocks of its body. */
import {knownTopic} from '../entities/topics.ts'
import type {NewsBody} from '../model/newsBody.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import {attributionMarks, type NamedSource} from './attributionMarks.ts'
import {figureOf} from './figureOf.ts'
import {publisherId, topicId, workId} from './ids.ts'
import {lineKey} from './lineKey.ts'
import {paragraphBlock} from './paragraphBlock.ts'
import {quotationMarks} from './quotationMarks.ts'
import {speakerReader, type KnownSpeaker} from './speakerReader.ts'

export function storyBody(story: ParsedStory, note: Note): NewsBody {
  const speaker = speakerReader(knownSpeakers(story), note)
  const sources = namedSources(story)
  return story.body.map((part) => {
    if (part.kind === 'figure') return {...figureOf(part), _key: lineKey(part.line)}
    const marks = [...quotationMarks(part, speaker, note), ...attributionMarks(part, sources)]
    return paragraphBlock(part.line, part.text, marks)
  })
}

/** The people and organisations among the story’s topics: only topics can be named as speakers. */
function knownSpeakers(story: ParsedStory): KnownSpeaker[] {
  return (story.topics?.labels ?? []).flatMap((label) => {
    const {kind, name} = knownTopic(label) ?? {}
    if (!name || (kind !== 'person' && kind !== 'organisation')) return []
    return {topicId: topicId(label), name, kind}
  })
}

/** A publisher named in the text is its one work in the credits, or itself when it has several. */
function namedSources(story: ParsedStory): NamedSource[] {
  const publishers = new Set(story.credits.map(({publisher}) => publisher))
  return [...publishers].map((name) => {
    const works = story.credits.flatMap(({publisher, work}) => (publisher === name && work) || [])
    const [work] = works
    const creditId = work && works.length === 1 ? workId(name, work.text) : publisherId(name)
    return {name, creditId}
  })
}
