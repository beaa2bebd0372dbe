/**
 * Annotations on speech in a paragraph. Quoted words that are not speech, such as a title or a
 * scare quote, get none.
 */
import {namedLanguage} from '../entities/languages.ts'
import type {Printed} from '../model/parsedStory.ts'
import type {Note} from '../model/review.ts'
import {excerpt} from '../parse/excerpt.ts'
import {findQuotations} from './findQuotations.ts'
import {lineKey} from './lineKey.ts'
import type {Mark} from './paragraphBlock.ts'
import type {Propose} from './proposals.ts'
import {reference} from './reference.ts'
import type {SpeakerReader} from './speakers.ts'
import {speechAround} from './speechAround.ts'

/** Where something was said, by the words of the sentence. */
const MEDIA = [
  ['tweet', /\btweet/i],
  ['interview', /\binterview\b/i],
  ['statement', /\bstatement\b/i],
  ['podcast', /\bpodcast\b/i],
] as const

export function quotationMarks(
  paragraph: Printed,
  speakerOf: SpeakerReader,
  note: Note,
  propose: Propose,
): Mark[] {
  const {line, text} = paragraph
  const {ranges, unclosed} = findQuotations(text)
  if (unclosed) {
    note('unclosedQuotation', line, 'A quotation opens here and does not close. Mark it by hand.')
  }
  return ranges.flatMap(({start, end}, index) => {
    const previous = ranges[index - 1]
    const speech = speechAround({
      before: text.slice((previous?.end ?? -1) + 1, start - 1),
      words: text.slice(start, end),
      after: text.slice(end + 1),
      startsAfresh: !previous || /[.!?…]$/.test(text.slice(previous.start, previous.end)),
    })
    if (!speech) return []
    const key = `${lineKey(line)}-q${index + 1}`
    const speaker = speakerOf(speech)
    if (speaker?.proposed) {
      propose({
        line,
        field: `body[_key=="${lineKey(line)}"].markDefs[_key=="${key}"].speaker`,
        value: speaker.name,
        topicId: speaker.topicId,
        evidence: text,
        rule: speech.sort === 'name' ? 'nameNearQuotation' : 'speakerBefore',
        message: `${speaker.name} may be the speaker of ${excerpt(text.slice(start, end))} Accept or reject the proposal.`,
      })
    }
    const medium = MEDIA.find(([, said]) => said.test(speech.sentence))?.[0]
    const originalLanguage = namedLanguage(speech.sentence)
    return {
      start,
      end,
      annotation: {
        _type: 'quotation',
        _key: key,
        ...(speaker && !speaker.proposed && {speaker: reference(speaker.topicId)}),
        ...(medium && {medium}),
        ...(originalLanguage && {originalLanguage}),
      },
    }
  })
}
