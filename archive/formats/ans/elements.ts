/**
 * Content elements of ANS → parts of a body: markup where an element has a form in HTML, and the
 * whole element, letter for letter, where it has none.
 */
import {z} from 'zod'

import {escapeText, tagged} from '../../html/write.ts'
import {remainder} from '../../story/remainder.ts'
import type {StoryInput} from '../../story/story.ts'
import type {AnsImage} from './ansModel.ts'
import {ELEMENT} from './mappings.ts'
import {type Figure, pictureOf} from './pictures.ts'

type Part = StoryInput['body'][number]

interface Places {
  readonly image: (id: string) => AnsImage | undefined
  readonly flags: StoryInput['flags']
  readonly residue: StoryInput['residue']
}

const text = z.string()
const element = z.looseObject({type: text})
const written = z.looseObject({content: text})
const header = written.extend({level: z.number().nullish()})
const list = z.looseObject({list_type: text.nullish(), items: z.array(z.unknown())})
const quotation = z.looseObject({
  content_elements: z.array(z.unknown()),
  citation: written.nullish(),
  subtype: text.nullish(),
})
const cell = z.union([written.transform(({content}) => content), text])
const table = z.looseObject({header: z.array(cell).nullish(), rows: z.array(z.array(cell))})
const group = z.looseObject({content_elements: z.array(z.unknown()), citation: written.nullish()})
/** Elements that only hold others. */
const GROUPS: ReadonlySet<string> = new Set(['element_group', 'gallery', 'quote'])
const note = z.looseObject({text})
const reference = z.looseObject({referent: z.looseObject({id: text})})
const linked = z.looseObject({content: text, url: text})
const oembed = z.looseObject({raw_oembed: z.looseObject({html: text, title: text.nullish()})})
const film = z.looseObject({
  headlines: z.looseObject({basic: text.nullish()}).nullish(),
  streams: z
    .array(z.looseObject({url: text, stream_type: text.nullish(), bitrate: z.number().nullish()}))
    .nullish(),
})

export function elementParts(value: unknown, pointer: string, places: Places): Part[] {
  const found = element.safeParse(value)
  const type = found.success ? found.data.type : 'unknown'
  const figure = type === 'reference' ? referredPicture(value, places) : pictureIn(value, places)
  const html = figure ? undefined : htmlOf(value, places)
  if (figure || html !== undefined) {
    if (found.success) places.residue.push(...remainder(found.data, ELEMENT, pointer))
    return figure
      ? [{kind: 'figure', figure, pointer}]
      : [{kind: 'html', html: html ?? '', pointer}]
  }
  const inside = group.safeParse(value)
  if (GROUPS.has(type) && inside.success) {
    const {citation, content_elements: elements, ...rest} = inside.data
    places.residue.push(...remainder(rest, ELEMENT, pointer))
    const parts = elements.flatMap((one, index) =>
      elementParts(one, `${pointer}.content_elements[${index}]`, places),
    )
    const cite = citation ? tagged('p', {}, tagged('cite', {}, citation.content)) : ''
    return cite ? [...parts, {kind: 'html', html: cite, pointer}] : parts
  }
  const correction = type === 'correction' ? note.safeParse(value) : undefined
  if (correction?.success) {
    places.residue.push(...remainder(correction.data, ELEMENT, pointer))
    places.flags.push({
      code: 'correctionInText',
      pointer,
      message:
        'There is a correction in the text, and the source does not say when it was made. Enter it under Corrections, and take it out of the text.',
      evidence: correction.data.text,
    })
    return [{kind: 'html', html: tagged('p', {}, correction.data.text), pointer}]
  }
  return [
    {kind: 'opaque', what: type, source: JSON.stringify(value), text: wordsIn(value), pointer},
  ]
}

/** Undefined for an element without a form in HTML, or with one inside it. */
function htmlOf(value: unknown, places: Places): string | undefined {
  const found = element.safeParse(value)
  if (!found.success) return undefined
  const {type} = found.data
  switch (type) {
    case 'text': {
      const read = written.safeParse(value)
      return read.success ? tagged('p', {}, read.data.content) : undefined
    }
    case 'header': {
      const read = header.safeParse(value)
      if (!read.success) return undefined
      const level = Math.min(6, Math.max(1, read.data.level ?? 2))
      return tagged(`h${level}`, {}, read.data.content)
    }
    case 'blockquote': {
      const read = written.safeParse(value)
      return read.success ? tagged('blockquote', {}, read.data.content) : undefined
    }
    case 'divider':
      return '<hr>'
    case 'list':
      return listOf(value, places)
    case 'quote':
      return quotationOf(value, places)
    case 'table':
      return tableOf(value)
    case 'interstitial_link': {
      const read = linked.safeParse(value)
      if (!read.success) return undefined
      return tagged('p', {}, tagged('a', {href: read.data.url}, read.data.content))
    }
    case 'oembed_response': {
      const read = oembed.safeParse(value)
      return read.success ? read.data.raw_oembed.html : undefined
    }
    case 'image': {
      const figure = pictureIn(value, places)
      return figure && markupOf(figure)
    }
    case 'video':
      return filmOf(value)
    default:
      return undefined
  }
}

/** Undefined if one of them has no form in HTML. */
function allHtml(
  values: readonly unknown[],
  places: Places,
  around: (html: string) => string,
): string | undefined {
  const inside = values.map((one) => htmlOf(one, places))
  return inside.includes(undefined) ? undefined : inside.map((html) => around(html ?? '')).join('')
}

function listOf(value: unknown, places: Places): string | undefined {
  const read = list.safeParse(value)
  if (!read.success) return undefined
  const items = allHtml(read.data.items, places, (html) => tagged('li', {}, html))
  return items === undefined
    ? undefined
    : tagged(read.data.list_type === 'ordered' ? 'ol' : 'ul', {}, items)
}

function quotationOf(value: unknown, places: Places): string | undefined {
  const read = quotation.safeParse(value)
  if (!read.success) return undefined
  const inside = allHtml(read.data.content_elements, places, (html) => html)
  if (inside === undefined) return undefined
  const cite = read.data.citation ? tagged('cite', {}, read.data.citation.content) : ''
  const quote = tagged('blockquote', {}, inside + cite)
  return read.data.subtype === 'pullquote' ? tagged('figure', {class: 'pullquote'}, quote) : quote
}

function tableOf(value: unknown): string | undefined {
  const read = table.safeParse(value)
  if (!read.success) return undefined
  const head = read.data.header ? rowOf('th', read.data.header) : ''
  return tagged('table', {}, head + read.data.rows.map((cells) => rowOf('td', cells)).join(''))
}

function rowOf(tag: string, cells: readonly string[]): string {
  return tagged('tr', {}, cells.map((one) => tagged(tag, {}, one)).join(''))
}

/** The largest file that browsers play. */
function filmOf(value: unknown): string | undefined {
  const read = film.safeParse(value)
  if (!read.success) return undefined
  const [best] = (read.data.streams ?? [])
    .filter(({stream_type, url}) => stream_type === 'mp4' || /\.mp4(?:$|\?)/.test(url))
    .toSorted((a, b) => (b.bitrate ?? 0) - (a.bitrate ?? 0))
  if (!best) return undefined
  return tagged('video', {src: best.url, title: read.data.headlines?.basic ?? ''}, '')
}

function pictureIn(value: unknown, {image, residue}: Places): Figure | undefined {
  const keep = (key: string, kept: string): unknown => residue.push({pointer: key, text: kept})
  return pictureOf(value, image, keep, 'picture')
}

/** A picture inside a quotation or a list. */
function markupOf({address, alt = '', caption = '', credits = []}: Figure): string {
  const credit = credits.map((one) => one.text).join(', ')
  const marked = credit ? tagged('span', {itemprop: 'creditText'}, escapeText(credit)) : ''
  const below = [escapeText(caption), marked].filter(Boolean).join(' ')
  const image = tagged('img', {src: address, alt})
  return tagged('figure', {}, image + (below ? tagged('figcaption', {}, below) : ''))
}

function referredPicture(value: unknown, places: Places): Figure | undefined {
  const read = reference.safeParse(value)
  const found = read.success ? places.image(read.data.referent.id) : undefined
  return found && pictureIn(found, places)
}

const SHOWN = new Set(['basic', 'caption', 'content', 'endorsement', 'text', 'title', 'units'])

/** The words in an element that a reader would see, as far as its keys tell. */
function wordsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join('\n')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, inner]) =>
      typeof inner === 'string' && SHOWN.has(key) && !/<[a-z]/i.test(inner)
        ? inner
        : wordsIn(inner),
    )
    .filter(Boolean)
    .join('\n')
}
