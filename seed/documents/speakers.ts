/**
 * Finds the speakers of a story’s quotations. A speaker is asserted only if a whole sentence is
 * `NAME VERB: QUOTE`, `QUOTE VERB NAME` or `QUOTE NAME VERB`, with the full name of one of the
 * story’s topics. A surname, a pronoun, a description, or a name with other words around it is a
 * proposal: “Critics of Joe Biden said” is not Joe Biden, and a wrong speaker is worse than none.
 */
import type {Speech} from './speechAround.ts'

export interface KnownSpeaker {
  readonly topicId: string
  readonly name: string
  readonly kind: 'person' | 'organisation'
}

/** `proposed`: an editor has to accept it. */
export interface Speaker extends KnownSpeaker {
  readonly proposed: boolean
}

/**
 * Call it for the quotations in order. Undefined when no topic of the story can be the speaker.
 */
export type SpeakerReader = (speech: Speech) => Speaker | undefined

export function speakerReader(speakers: readonly KnownSpeaker[]): SpeakerReader {
  let last: KnownSpeaker | undefined
  return (speech) => {
    if (speech.sort === 'name') last = speakers.find((one) => isNamed(one, speech.subject))
    if (!last) return undefined
    const asserted = speech.whole && speech.sort === 'name' && speech.subject === last.name
    return {...last, proposed: !asserted}
  }
}

/** Words before a name that do not belong to it: the start of a sentence, a title. */
const BEFORE_NAME =
  /^(?:(?:And|As|But|However|Later|Meanwhile|So|Then|When|While|Yet|Dame|Dr|Miss|Mr|Mrs|Ms|President|Prime Minister|Professor|Senator|Sir)\.? )+/

/** `Elon Musk`, or `Musk` alone for a person: `Errol Musk` is another person. */
function isNamed(speaker: KnownSpeaker, subject: string): boolean {
  const bare = subject.replace(BEFORE_NAME, '')
  return bare === speaker.name || (speaker.kind === 'person' && bare === lastWord(speaker.name))
}

function lastWord(name: string): string | undefined {
  return name.split(' ').at(-1)
}
