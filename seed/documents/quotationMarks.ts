/**
 * Annotations on the words people say in a paragraph. Quoted words that nobody says, such as a
 * title or a phrase held at arm’s length, get none.
 */
import {namedLanguage} from '../entities/languages.ts'
import type {Printed} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import {findQuotations} from './findQuotations.ts'
import {lineKey} from './lineKey.ts'
import type {Mark} from './paragraphBlock.ts'
import {reference} from './reference.ts'
import type {SpeakerReader} from './speakerReader.ts'
import {speechAround} from './speechAround.ts'

/** Where words can be said, by how a sentence puts it. */
const MEDIA = [
  ['tweet', /\btweet/i],
  ['interview', /\binterview\b/i],
  ['statement', /\bstatement\b/i],
  ['podcast', /\bpodcast\b/i],
] as const

export function quotationMarks(paragraph: Printed, speaker: SpeakerReader, note: Note): Mark[] {
  const {line, text} = paragraph
  const {ranges, unclosed} = findQuotations(text)
  if (unclosed) {
    note('unclosedQuotation', line, 'A quotation opens here and does not close. Mark it by hand.')
  }
  return ranges.flatMap(({start, end}, index) => {
    const before = text.slice((ranges[index - 1]?.end ?? -1) + 1, start - 1)
    const speech = speechAround(before, text.slice(start, end), text.slice(end + 1))
    if (!speech) return []
    const speakerId = speaker(speech, line)
    const medium = MEDIA.find(([, said]) => said.test(speech.sentence))?.[0]
    const originalLanguage = namedLanguage(speech.sentence)
    return {
      start,
      end,
      annotation: {
        _type: 'quotation',
        _key: `${lineKey(line)}-q${index + 1}`,
        ...(speakerId && {speaker: reference(speakerId)}),
        ...(medium && {medium}),
        ...(originalLanguage && {originalLanguage}),
      },
    }
  })
}
