/**
 * The grammar of the archive’s lines: each function says whether one line, its spaces folded, is
 * of a kind. Which kinds may stand where is the business of `classifyLines`.
 */

export interface ArchiveHeader {
  /** `YYYY-MM-DD`, as printed: not yet checked against the calendar. */
  readonly capturedOn: string
  readonly site: string
}

/** `date 2021-02-14 unilad`: when the archive kept the page, and whose page it was. */
export function archiveHeader(text: string): ArchiveHeader | undefined {
  const match = /^date (\d{4}-\d{2}-\d{2}) (.+)$/i.exec(text)
  const [, capturedOn, site] = match ?? []
  return capturedOn && site ? {capturedOn, site} : undefined
}

export interface Byline {
  readonly names: readonly string[]
  /** `14 Feb 2021 12:31`, as printed. Undefined when the line has no ` on : `. */
  readonly time: string | undefined
}

/** `by : A and B on : 14 Feb 2021 12:31` */
export function byline(text: string): Byline | undefined {
  const [, rest] = /^by ?: ?(.+)$/i.exec(text) ?? []
  if (!rest) return undefined
  const [, who = rest, time] = /^(.*?) ?\bon ?: ?(.*)$/i.exec(rest) ?? []
  const names = who
    .split(/ ?, ?(?:and )?| and | ?& ?/i)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return {names, time}
}

export function isAdvert(text: string): boolean {
  return /^advert(?:isement)?$/i.test(text)
}

/** The page’s appeal for readers' own stories. Its e-mail address was hidden by the archive. */
export function isCallToAction(text: string): boolean {
  return /^if you\b.*(?:\[email protected\]|\bsend it\b|\bget in touch\b)/i.test(text)
}

/** `See more: …`, `Read more`, `See …`: a pointer to another page, not a sentence of this one. */
export function isSeeAlso(text: string): boolean {
  if (/^(?:see|read|watch) (?:also|more)\b/i.test(text)) return true
  return /^see\b/i.test(text) && !endsLikeSentence(text)
}

/** `Most Read Stories`, which the archive glued to its repetition `Most Read`. */
export function isMostReadHeading(text: string): boolean {
  return /^most read(?: stories)?(?: ?most read)?:?$/i.test(text)
}

/** `Topics: News, Elon Musk`: the labels in their order; undefined when the line is another. */
export function topicLabels(text: string): readonly string[] | undefined {
  const [, list] = /^topics ?:(.*)$/i.exec(text) ?? []
  return list
    ?.split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
}

export function isCreditsHeading(text: string): boolean {
  return /^credits:?$/i.test(text)
}

export interface CreditNumber {
  readonly number: number
  readonly publisher: string
}

/** `1. Popular Mechanics` */
export function creditNumber(text: string): CreditNumber | undefined {
  const [, number, publisher] = /^(\d{1,3})[.)] (.+)$/.exec(text) ?? []
  return number && publisher ? {number: Number(number), publisher} : undefined
}

/** Whether a line closes as sentences do; captions, labels and headings do not. */
export function endsLikeSentence(text: string): boolean {
  return /[.!?…:;,]["'’”)\]]*$/.test(text)
}
