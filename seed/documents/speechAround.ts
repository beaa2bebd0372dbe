/**
 * For a story's documents: finds the speaker in the words around a quotation, `Musk wrote, ‘…’`,
 * `‘…,’ she said`, `‘…’ added the mayor`. Only the subject of a verb of speech counts, not a name elsewhere in the sentence: a
 * quotation with the wrong speaker is worse than one without.
 */

export interface Speech {
  /** The subject as printed: a name, a pronoun, or a description (`the tech whiz`). */
  readonly subject: string
  /** `the tech whiz` may be a person named before; `a clerk` is a new person, as a name is. */
  readonly sort: 'name' | 'pronoun' | 'description'
  /** The sentence around the quotation, without the quoted words. */
  readonly sentence: string
  /** The sentence consists of the subject, the verb and the quotation only. */
  readonly whole: boolean
}

/** The text around a quotation in its paragraph. */
export interface Quoted {
  /** From the end of the previous quotation to this one’s opening mark. */
  readonly before: string
  readonly words: string
  /** From the closing mark to the end of the paragraph. */
  readonly after: string
  /** The previous quotation ended its sentence, or there is none. */
  readonly startsAfresh: boolean
}

const VERBS = [
  'added',
  'adds',
  'announced',
  'asked',
  'claimed',
  'commented',
  'continued',
  'declared',
  'explained',
  'joked',
  'posted',
  'replied',
  'responded',
  'said',
  'says',
  'stated',
  'told',
  'tweeted',
  'warned',
  'writes',
  'wrote',
].join('|')
/** A full stop belongs to a name only after an initial or a title. */
const NAME_WORD = String.raw`(?:(?:\p{Lu}\.-?)+|(?:Mr|Mrs|Ms|Dr|Jr|Sr|St)\.|\p{Lu}[\p{L}’'-]*)`
const NAME_ONLY = `${NAME_WORD}(?: ${NAME_WORD})*`
const NAME = `(?<name>${NAME_ONLY})`
const PRONOUN = '(?<pronoun>[Hh]e|[Ss]he|[Tt]hey)'
const DESCRIPTION = String.raw`(?<description>[Tt]he [\p{L}-]+(?: [\p{L}-]+){0,3}?)`
const NEWCOMER = String.raw`(?<newcomer>[Aa]n? [\p{L}-]+(?: [\p{L}-]+){0,3}?)`
const SUBJECT = `(?:${PRONOUN}|${DESCRIPTION}|${NEWCOMER}|${NAME})`
const ADVERB = String.raw`(?: (?:also|later|then|\p{Ll}+ly))?`

/** The longest distance between a subject and its quotation. */
const LEAD_IN_MAX = 300

/** `Musk wrote,` or `Musk told reporters:` up to the opening mark. */
const BEFORE = new RegExp(
  String.raw`(?:^|[\s,–—])${SUBJECT}${ADVERB} (?:${VERBS})(?:[^.!?]{0,60}[,:])?\s*$`,
  'u',
)
/** `the tech whiz wrote` or `said Musk` from the closing mark, unless it leads into the next. */
const LEADS_ON = String.raw`(?![^.!?]{0,60}[,:]\s*[‘“])`
const AFTER = new RegExp(String.raw`^,?\s*${SUBJECT}${ADVERB} (?:${VERBS})\b${LEADS_ON}`, 'u')
const AFTER_VERB = new RegExp(String.raw`^,?\s*(?:${VERBS}) ${SUBJECT}(?=[\s,.]|$)${LEADS_ON}`, 'u')

/** `Elon Musk said:` and nothing else. */
const WHOLE_BEFORE = new RegExp(String.raw`^\s*${SUBJECT} (?:${VERBS})[,:]\s*$`, 'u')
/** `said Elon Musk.` or `Elon Musk said.` and nothing else. */
const WHOLE_AFTER = new RegExp(
  String.raw`^,?\s*(?:(?:${VERBS}) ${NAME_ONLY}|${NAME_ONLY} (?:${VERBS}))(?:[.!?…](?:\s|$)|$)`,
  'u',
)

/** Undefined when the quoted words are not speech. */
export function speechAround({before, words, after, startsAfresh}: Quoted): Speech | undefined {
  const {text: leadIn, begins} = lastSentence(before, startsAfresh)
  const intro = BEFORE.exec(leadIn.slice(-LEAD_IN_MAX))
  if (intro) {
    const ends = /[.!?…]$/.test(words) || /^[.!?…](?:\s|$)/.test(after)
    return speech(intro, leadIn, begins && ends && WHOLE_BEFORE.test(leadIn))
  }
  if (/[.…]$/.test(words)) return undefined
  const tail = /^[^.!?‘“]*/.exec(after)?.[0] ?? ''
  const match = AFTER.exec(after) ?? AFTER_VERB.exec(after)
  const whole = begins && leadIn.trim() === '' && WHOLE_AFTER.test(after)
  return match ? speech(match, `${leadIn} ${tail}`, whole) : undefined
}

/**
 * The sentence that leads up to a quotation, and whether it certainly begins there: after `Mr.` it
 * does not, so the word before the full stop must be an ordinary one.
 */
function lastSentence(before: string, startsAfresh: boolean): {text: string; begins: boolean} {
  const ends = [...before.matchAll(/[.!?…]["'’”]?\s+/g)]
  const end = ends.at(-1)
  if (!end) return {text: before, begins: startsAfresh}
  const sentence = before.slice(0, end.index + 1)
  const begins = /[!?…]$|(?:^|[\s‘“(])\p{Ll}[\p{L}’'-]{3,}\.$/u.test(sentence)
  return {text: before.slice(end.index + end[0].length), begins}
}

function speech(match: RegExpExecArray, sentence: string, whole: boolean): Speech | undefined {
  const {name, newcomer, pronoun, description} = match.groups ?? {}
  if (pronoun) return {subject: pronoun, sort: 'pronoun', sentence, whole}
  if (description) return {subject: description, sort: 'description', sentence, whole}
  const subject = newcomer ?? name
  return subject ? {subject, sort: 'name', sentence, whole} : undefined
}
