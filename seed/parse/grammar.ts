/**
 * The grammar of the archive’s lines: each function recognises one kind of line, with its spaces
 * folded. `classifyLines` knows which kinds may occur where.
 */

export interface ArchiveHeader {
  /** `YYYY-MM-DD`, as printed: not yet checked against the calendar. */
  readonly capturedOn: string
  readonly site: string
}

/** `date 2021-02-14 unilad`: the date when the archive saved the page, and the site. */
export function archiveHeader(text: string): ArchiveHeader | undefined {
  const match = /^date (\d{4}-\d{2}-\d{2}) (.+)$/i.exec(text)
  const [, capturedOn, site] = match ?? []
  return capturedOn && site ? {capturedOn, site} : undefined
}

export function isAdvert(text: string): boolean {
  return /^advert(?:isement)?$/i.test(text)
}

/**
 * The page’s own appeal for stories, in full; the archive hid its e-mail address. Other appeals,
 * such as a helpline or a police notice, are part of the story.
 */
export function isCallToAction(text: string): boolean {
  return /^if you have a story(?: you want to tell)?,? send it to .{1,60} via (?:\[email protected\]|\S+@\S+)\.?$/i.test(
    text,
  )
}

/** `See more: …`, `Read also: …`: a label with a colon; sentences do not begin like this. */
export function isSeeAlso(text: string): boolean {
  return /^(?:see|read|watch) (?:also|more) ?:/i.test(text)
}

/** `Most Read Stories`, which the archive joined to its repetition `Most Read`. */
export function isMostReadHeading(text: string): boolean {
  return /^most read(?: stories)?(?: ?most read)?:?$/i.test(text)
}

/** A longer label is part of a sentence that begins with “Topics:”. */
const LABEL_MAX = 60

/** `Topics: News, Elon Musk`: the labels in order; undefined for any other line. */
export function topicLabels(text: string): readonly string[] | undefined {
  const [, list] = /^topics ?:(.*)$/i.exec(text) ?? []
  if (list === undefined || endsProse(list)) return undefined
  const labels = list
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '')
  return labels.every((label) => label.length <= LABEL_MAX) ? labels : undefined
}

/** `…, and none was easy.`: the end of a sentence, and not of an abbreviation such as `U.S.` */
function endsProse(text: string): boolean {
  return /[.!?…]["'’”]?$/.test(text) && !/(?:^|[ .])\p{Lu}\.$/u.test(text)
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

/** Whether a line ends like a sentence; captions, labels and headings do not. */
export function endsLikeSentence(text: string): boolean {
  return /[.!?…:;,]["'’”)\]]*$/.test(text)
}

/** `Updated on : 04 Mar 2021 09:00`, below the byline: the time as printed. */
export function updateTime(text: string): string | undefined {
  return /^(?:last )?updated(?: on)? ?:? ?(\d{1,2} \p{L}+\.? \d{4}.*)$/iu.exec(text)?.[1]
}

/** Beginnings of lines that pages print around a story; sentences do not begin like this. */
const FURNITURE = [
  /^(?:featured )?(?:image|photo|picture|video|top image) credits?:/i,
  /^(?:related|watch|listen|more|read more|see also|read next|up next|trending)(?: \p{L}+)? ?:/iu,
  /^(?:read|see|watch) more$/i,
  /^loading\b/i,
  /^©/,
  /^(?:view this post on|a post shared by|follow us on|sign up (?:to|for) our|subscribe to our)\b/i,
  /\bpic\.twitter\.com\//i,
  /^[—–-] .+ \(@\w+\)/,
  /^(?:topics|credits) ?:/i,
  /^(?:credits|most read(?: stories)?)$/i,
  /^(?:share|tweet|pin it|comments?|advertisement)$/i,
]

/**
 * Whether a line of the body may be part of the page around the story. It stays, and is flagged.
 */
export function looksLikeFurniture(text: string): boolean {
  return !/[.!?…:”’)"'\]»]$/u.test(text) || FURNITURE.some((pattern) => pattern.test(text))
}
