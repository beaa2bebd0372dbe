/**
 * Who speaks, by the words around a quotation: `Musk wrote, ‘…’`, `‘…,’ she said`, `‘…’ added the
 * mayor`. Only the subject of a verb of speech counts; a name elsewhere in the sentence does not,
 * because to put words into the wrong mouth is worse than to leave the speaker open.
 */

export interface Speech {
  /** The subject as printed: a name, a pronoun, or a description (`the tech whiz`). */
  readonly subject: string
  /** `the tech whiz` may be somebody named before; `a clerk` is somebody new, as a name is. */
  readonly sort: 'name' | 'pronoun' | 'description'
  /** The sentence around the quotation, without the quoted words. */
  readonly sentence: string
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
const NAME = String.raw`(?<name>\p{Lu}[\p{L}’'.-]*(?: \p{Lu}[\p{L}’'.-]*)*)`
const PRONOUN = '(?<pronoun>[Hh]e|[Ss]he|[Tt]hey)'
const DESCRIPTION = String.raw`(?<description>[Tt]he [\p{L}-]+(?: [\p{L}-]+){0,3}?)`
const NEWCOMER = String.raw`(?<newcomer>[Aa]n? [\p{L}-]+(?: [\p{L}-]+){0,3}?)`
const SUBJECT = `(?:${PRONOUN}|${DESCRIPTION}|${NEWCOMER}|${NAME})`
const ADVERB = String.raw`(?: (?:also|later|then|\p{Ll}+ly))?`

/** A subject further from the words it says is not looked for. */
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

/**
 * `before` runs from the end of the previous quotation to this one’s opening mark, `after` from
 * its closing mark on. Undefined when the quoted words are nobody’s speech.
 */
export function speechAround(before: string, quoted: string, after: string): Speech | undefined {
  const leadIn = before.split(/[.!?…]["’”]?\s+/).at(-1) ?? ''
  const intro = BEFORE.exec(leadIn.slice(-LEAD_IN_MAX))
  if (intro) return speech(intro, leadIn)
  if (/[.…]$/.test(quoted)) return undefined
  const tail = /^[^.!?‘“]*/.exec(after)?.[0] ?? ''
  const match = AFTER.exec(after) ?? AFTER_VERB.exec(after)
  return match ? speech(match, `${leadIn} ${tail}`) : undefined
}

function speech(match: RegExpExecArray, sentence: string): Speech | undefined {
  const {name, newcomer, pronoun, description} = match.groups ?? {}
  if (pronoun) return {subject: pronoun, sort: 'pronoun', sentence}
  if (description) return {subject: description, sort: 'description', sentence}
  const subject = newcomer ?? name
  return subject ? {subject, sort: 'name', sentence} : undefined
}
