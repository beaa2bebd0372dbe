/**
 * The body of a WordPress post: blocks of the editor, classic text, or both. Each known block is
 * read as the HTML in it; an unknown one that holds known ones is opened, any other is archived.
 */
import {embedOf} from '../../html/embeds.ts'
import {htmlParts} from '../../html/htmlParts.ts'
import type {Part} from '../../html/part.ts'
import {runText} from '../../html/part.ts'
import {elementsNamed, fragmentNodes, readableIn} from '../../html/tree.ts'
import {hasBlocks, parseBlocks, type Block, type Html} from './blocks.ts'
import {textParts, type ContentOptions, type ContentParts} from './classic.ts'

export interface BodyOptions extends ContentOptions {
  /** The content of a block that is kept once and used in many posts (`wp:block`). */
  readonly sharedBlock?: (id: string) => string | undefined
}

/** Blocks whose HTML, with that of the blocks in it, is read as one. */
const WHOLE: ReadonlySet<string> = new Set(
  [
    'audio',
    'button',
    'buttons',
    'code',
    'file',
    'freeform',
    'gallery',
    'heading',
    'html',
    'image',
    'list',
    'list-item',
    'paragraph',
    'preformatted',
    'pullquote',
    'quote',
    'subhead',
    'table',
    'verse',
    'video',
  ].map((name) => `core/${name}`),
)

/** Blocks that only arrange others. */
const OPENED: ReadonlySet<string> = new Set(
  [
    'column',
    'columns',
    'cover',
    'details',
    'group',
    'media-text',
    'row',
    'stack',
    'text-columns',
  ].map((name) => `core/${name}`),
)

/** Blocks without words. */
const SILENT: ReadonlySet<string> = new Set(
  ['more', 'nextpage', 'separator', 'spacer'].map((name) => `core/${name}`),
)

/** Shared blocks may use others, but a post that holds itself must end. */
const SHARED_DEPTH_MAX = 5

export function contentParts(source: string, options: BodyOptions = {}): ContentParts {
  return sourceParts(source, options, 0)
}

function sourceParts(source: string, options: BodyOptions, depth: number): ContentParts {
  if (!hasBlocks(source)) return textParts(source, 0, 'paragraphs', options)
  const {pieces, strays} = parseBlocks(source)
  const found = pieces.map((piece) => pieceParts(piece, source, options, depth))
  return joined([
    ...found,
    {
      parts: [],
      flags: strays.map(({at, html}) => ({code: 'brokenBlock', evidence: html, at})),
      imbalances: [],
    },
  ])
}

function joined(found: readonly ContentParts[]): ContentParts {
  return {
    parts: found.flatMap(({parts}) => parts),
    flags: found.flatMap(({flags}) => flags),
    imbalances: found.flatMap(({imbalances}) => imbalances),
  }
}

function pieceParts(
  piece: Html | Block,
  source: string,
  options: BodyOptions,
  depth: number,
): ContentParts {
  if ('html' in piece) {
    return piece.html.trim() === ''
      ? {parts: [], flags: [], imbalances: []}
      : textParts(piece.html, piece.at, 'paragraphs', options)
  }
  const found = blockParts(piece, source, options, depth)
  if (!piece.broken) return found
  const evidence = source.slice(piece.at, piece.at + 120)
  return {...found, flags: [{code: 'brokenBlock', evidence, at: piece.at}, ...found.flags]}
}

function blockParts(
  block: Block,
  source: string,
  options: BodyOptions,
  depth: number,
): ContentParts {
  const {attributes, inside, name} = block
  if (SILENT.has(name) && textIn(block, source).trim() === '') return joined([])
  if (name === 'core/embed' || name.startsWith('core-embed/')) return embedParts(block, source)
  if (name === 'core/block') {
    const id = attributes['ref']
    const shared = typeof id === 'number' ? options.sharedBlock?.(String(id)) : undefined
    if (shared === undefined || depth >= SHARED_DEPTH_MAX) return archived(block, source)
    const found = sourceParts(shared, options, depth + 1)
    const at = <Placed extends {at: number}>(one: Placed): Placed => ({...one, at: block.at})
    return {...found, parts: found.parts.map(at), flags: found.flags.map(at)}
  }
  if (name === 'core/shortcode' || name === 'core/freeform') {
    return textParts(htmlOf(block), contentStart(block), 'paragraphs', options)
  }
  if (WHOLE.has(name) && blocksIn(block).every((one) => WHOLE.has(one.name))) {
    return textParts(htmlOf(block), contentStart(block), 'space', options)
  }
  const opened = WHOLE.has(name) || OPENED.has(name)
  if (!opened && !blocksIn(block).some((one) => WHOLE.has(one.name))) return archived(block, source)
  const found = joined(inside.map((piece) => insideParts(piece, source, options, depth)))
  if (opened) return found
  const evidence = source.slice(block.at, block.at + 120)
  return {...found, flags: [{code: 'unknownMarkup', evidence, at: block.at}, ...found.flags]}
}

/** HTML between the blocks of another block is markup, where line ends mean nothing. */
function insideParts(
  piece: Html | Block,
  source: string,
  options: BodyOptions,
  depth: number,
): ContentParts {
  return 'html' in piece
    ? textParts(piece.html, piece.at, 'space', options)
    : pieceParts(piece, source, options, depth)
}

function blocksIn(block: Block): readonly Block[] {
  return block.inside.flatMap((piece) => ('html' in piece ? [] : [piece, ...blocksIn(piece)]))
}

function contentStart({at, inside}: Block): number {
  return inside[0]?.at ?? at
}

/** The HTML of a block with that of the blocks in it; comments are blanked, so places stay. */
function htmlOf(block: Block): string {
  const start = contentStart(block)
  const pieces: Html[] = []
  const collect = ({inside}: Block): void => {
    for (const piece of inside) {
      if ('html' in piece) pieces.push(piece)
      else collect(piece)
    }
  }
  collect(block)
  let html = ''
  for (const piece of pieces) html = html.padEnd(piece.at - start, ' ') + piece.html
  return html
}

function textIn(block: Block, source: string): string {
  return readableIn(fragmentNodes(source.slice(block.at, block.end)))
}

function archived(block: Block, source: string): ContentParts {
  const written = source.slice(block.at, block.end)
  const text = textIn(block, source)
  const name = `wp:${block.name.replace(/^core\//, '')}`
  const part: Part = {kind: 'archived', name, source: written, text, at: block.at}
  return {parts: [part], flags: [], imbalances: []}
}

const words = (text: string): string => text.replace(/\s+/g, '')

/** WordPress keeps the address of an embedded page as an attribute, and once more as text. */
function embedParts(block: Block, source: string): ContentParts {
  const {url} = block.attributes
  const embed = typeof url === 'string' ? embedOf(url) : undefined
  if (!embed) return archived(block, source)
  const html = htmlOf(block)
  const captions = elementsNamed(fragmentNodes(html), 'figcaption')
  const read = captions.map((caption) => {
    const {endOffset = 0, startOffset = 0} = caption.sourceCodeLocation ?? {}
    return htmlParts(html.slice(startOffset, endOffset))
  })
  const caption = read.flatMap(({parts}) =>
    parts.flatMap((part) => (part.kind === 'text' ? part.runs : [])),
  )
  const expected = words(readableIn(captions)) + words(typeof url === 'string' ? url : '')
  const all = words(readableIn(fragmentNodes(html)))
  const holds = all.length === expected.length || all === words(runText(caption))
  if (!holds) return archived(block, source)
  return {
    parts: [{kind: 'embed', ...embed, caption, at: block.at}],
    flags: read.flatMap(({flags}) => flags.map((flag) => ({...flag, at: block.at}))),
    imbalances: [],
  }
}
