/**
 * Reads a story’s quotations in order and says who speaks. Speakers are the story’s own topics; a
 * pronoun or a description is taken for whoever spoke last, and an editor is asked to check.
 */
import type {Note} from '../model/review.ts'
import type {Speech} from './speechAround.ts'

export interface KnownSpeaker {
  readonly topicId: string
  readonly name: string
  readonly kind: 'person' | 'organisation'
}

/** The topic id of who speaks; undefined when that is not one of the story’s topics. */
export type SpeakerReader = (speech: Speech, line: number) => string | undefined

export function speakerReader(speakers: readonly KnownSpeaker[], note: Note): SpeakerReader {
  let last: KnownSpeaker | undefined
  return (speech, line) => {
    if (speech.sort === 'name') {
      last = speakers.find((speaker) => isNamed(speaker, speech.subject))
    } else if (last) {
      const message = `“${speech.subject}” was taken for ${last.name}. Check who speaks.`
      note('inferredSpeaker', line, message)
    }
    return last?.topicId
  }
}

/** Words before a name that are no part of it: the start of a sentence, a title. */
const BEFORE_NAME =
  /^(?:(?:And|As|But|However|Later|Meanwhile|So|Then|When|While|Yet|Dame|Dr|Miss|Mr|Mrs|Ms|President|Prime Minister|Professor|Senator|Sir)\.? )+/

/** `Elon Musk`, or `Musk` alone for a person: `Errol Musk` is somebody else. */
function isNamed(speaker: KnownSpeaker, subject: string): boolean {
  const bare = subject.replace(BEFORE_NAME, '')
  return bare === speaker.name || (speaker.kind === 'person' && bare === lastWord(speaker.name))
}

function lastWord(name: string): string | undefined {
  return name.split(' ').at(-1)
}
