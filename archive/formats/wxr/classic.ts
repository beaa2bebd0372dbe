/**
 * The text of WordPress's classic editor: HTML with shortcodes, in which an empty line ends a
 * paragraph. Shortcodes are replaced by elements that stand for what they mean, so that the text is
 * read as HTML once, as a whole; `sourceOffset` leads back to the source.
 */
import {escapeText} from 'entities'

import {imbalance} from '../../html/balance.ts'
import {embedOf} from '../../html/embeds.ts'
import {nodeParts, type HtmlOptions} from '../../html/htmlParts.ts'
import type {EmbedPart, GalleryPart, Imbalance, Part, PartFlag} from '../../html/part.ts'
import {fragmentNodes, startOf} from '../../html/tree.ts'
import {findShortcodes, isSurely, type Shortcode} from './shortcodes.ts'

export interface ContentParts {
  readonly parts: readonly Part[]
  readonly flags: readonly PartFlag[]
  /** Where text of the source is in no part, or in two: a fault of the import. */
  readonly imbalances: readonly Imbalance[]
}

export interface ContentOptions extends Pick<HtmlOptions, 'base' | 'isFurniture'> {
  /** Names that are shortcodes on this site even where they look like prose. */
  readonly shortcodes?: ReadonlySet<string>
}

/** `at` is where the text begins in its source. */
export function textParts(
  text: string,
  at: number,
  lines: 'space' | 'paragraphs',
  options: ContentOptions,
): ContentParts {
  const {flags, html, sourceOffset, standIns} = replaceShortcodes(text, lines, options)
  const nodes = fragmentNodes(html)
  const found = nodeParts(nodes, html, {
    ...options,
    lines,
    standIn: (element) => standIns.get(startOf(element)),
  })
  const unbalanced = imbalance(nodes, found.parts)
  const place = (offset: number): number => at + sourceOffset(offset)
  return {
    parts: found.parts.map((part) => placed(part, place)),
    flags: [
      ...flags.map((flag) => ({...flag, at: at + flag.at})),
      ...found.flags.map((flag) => ({...flag, at: place(flag.at)})),
    ],
    imbalances: unbalanced ? [unbalanced] : [],
  }
}

function placed(part: Part, place: (offset: number) => number): Part {
  if (part.kind !== 'gallery') return {...part, at: place(part.at)}
  const figures = part.figures.map((figure) => ({...figure, at: place(figure.at)}))
  return {...part, figures, at: place(part.at)}
}

interface Replaced {
  readonly html: string
  /** By the place of the element in `html`. */
  readonly standIns: ReadonlyMap<number, readonly Part[]>
  readonly flags: readonly PartFlag[]
  readonly sourceOffset: (offset: number) => number
}

/** Stands for a part; it has the part's own text, so that the ledger finds it. */
const standInFor = (text: string): string => `<copydesk-part>${escapeText(text)}</copydesk-part>`

/** A line, or a paragraph, that is an address and nothing else. */
const LONELY_ADDRESS = /(^|\n|<p>)([ \t]*)(https?:\/\/[^\s<>"]+)(?=[ \t\r]*(?:\n|<\/p>|$))/g

function replaceShortcodes(
  text: string,
  lines: 'space' | 'paragraphs',
  {shortcodes = new Set()}: ContentOptions,
): Replaced {
  let html = ''
  const segments: {readonly from: number; readonly source: number}[] = []
  const standIns = new Map<number, readonly Part[]>()
  const flags: PartFlag[] = []

  const copy = (from: number, to: number): void => {
    if (lines === 'space') return copyPlain(from, to)
    let at = from
    for (const found of text.slice(from, to).matchAll(LONELY_ADDRESS)) {
      const [whole, before = '', space = '', address = ''] = found
      const embed = embedOf(address)
      if (!embed) continue
      const start = from + found.index + before.length + space.length
      copyPlain(at, start)
      stand([{kind: 'embed', ...embed, caption: [], at: html.length}], start)
      at = from + found.index + whole.length
    }
    copyPlain(at, to)
  }
  const copyPlain = (from: number, to: number): void => {
    if (to <= from) return
    segments.push({from: html.length, source: from})
    html += text.slice(from, to)
  }
  const stand = (parts: readonly Part[], source: number, words = ''): void => {
    segments.push({from: html.length, source})
    standIns.set(html.length, parts)
    html += standInFor(words)
  }
  const insert = (markup: string, source: number): void => {
    segments.push({from: html.length, source})
    html += markup
  }
  const archive = (code: Shortcode): void => {
    const source = text.slice(code.at, code.end)
    const words = code.content ? text.slice(code.content.from, code.content.to) : ''
    stand(
      [{kind: 'archived', name: `[${code.name}]`, source, text: words, at: html.length}],
      code.at,
      words,
    )
  }

  const replace = (code: Shortcode): void => {
    const {content, name} = code
    if (/^(?:wp_)?caption$/.test(name) && content) return caption(code, content)
    if (name === 'gallery') {
      const pictures = galleryOf(code, html.length)
      // Without ids WordPress shows all pictures that were uploaded with the post.
      return pictures.figures.length > 0 ? stand([pictures], code.at) : archive(code)
    }
    if (name === 'embed' && content) {
      const embed = embedOf(text.slice(content.from, content.to))
      if (embed) return stand([{kind: 'embed', ...embed, caption: [], at: html.length}], code.at)
      return archive(code)
    }
    if (name === 'video' || name === 'audio') {
      const embed = recordingOf(code, html.length)
      return embed ? stand([embed], code.at) : archive(code)
    }
    if (content) {
      flags.push({code: 'unknownShortcode', evidence: code.tag, at: code.at})
      return within(content.from, content.to)
    }
    if (isSurely(code) || shortcodes.has(name)) return archive(code)
    if (isAlone(text, code)) flags.push({code: 'perhapsShortcode', evidence: code.tag, at: code.at})
    copyPlain(code.at, code.end)
  }

  /** `[caption]<img> words[/caption]` means the same as a figure with a caption. */
  const caption = (code: Shortcode, {from, to}: {from: number; to: number}): void => {
    const picture = /^\s*(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*<\/a>)?/i.exec(text.slice(from, to))
    if (!picture) {
      flags.push({code: 'unknownShortcode', evidence: code.tag, at: code.at})
      return within(from, to)
    }
    insert('<figure>', code.at)
    copyPlain(from, from + picture[0].length)
    insert('<figcaption>', from + picture[0].length)
    const written = code.attributes.get('caption')
    if (written) insert(escapeText(written), code.at)
    within(from + picture[0].length, to)
    insert('</figcaption></figure>', to)
  }

  const within = (from: number, to: number): void => {
    let at = from
    for (const found of findShortcodes(text, {from, to})) {
      copy(at, found.at)
      if ('escaped' in found) insert(escapeText(found.escaped), found.at)
      else replace(found)
      at = found.end
    }
    copy(at, to)
  }

  within(0, text.length)
  return {html, standIns, flags, sourceOffset: offsetIn(segments)}
}

function offsetIn(
  segments: readonly {readonly from: number; readonly source: number}[],
): (offset: number) => number {
  return (offset) => {
    let low = 0
    let high = segments.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((segments[middle]?.from ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    const segment = segments[low - 1]
    return segment ? segment.source + offset - segment.from : offset
  }
}

function isAlone(text: string, {at, end}: Shortcode): boolean {
  const before = text.slice(Math.max(0, at - 200), at)
  const after = text.slice(end, end + 200)
  return /(?:^|\n|>)\s*$/.test(before) && /^\s*(?:\n|<|$)/.test(after)
}

/** A gallery of pictures by their ids; the reader of the export looks them up. */
function galleryOf({attributes}: Shortcode, at: number): GalleryPart {
  const ids = (attributes.get('ids') ?? attributes.get('include') ?? '').split(',')
  return {
    kind: 'gallery',
    figures: ids
      .map((id) => id.trim())
      .filter((id) => /^\d+$/.test(id))
      .map((attachment) => ({kind: 'figure', sources: [], attachment, caption: [], at})),
    caption: [],
    at,
  }
}

const FILE_TYPES = ['src', 'mp4', 'm4v', 'webm', 'ogv', 'mp3', 'm4a', 'ogg', 'wav', 'flv', 'wmv']

function recordingOf({attributes, name}: Shortcode, at: number): EmbedPart | undefined {
  const addresses = FILE_TYPES.flatMap((type) => attributes.get(type) ?? [])
  const [address] = addresses.filter((one) => /^https?:\/\//i.test(one) && URL.canParse(one))
  if (!address) return undefined
  const form = name === 'audio' ? 'audio' : 'video'
  return {
    kind: 'embed',
    ...(embedOf(address) ?? {form, provider: 'own', url: address}),
    caption: [],
    at,
  }
}
