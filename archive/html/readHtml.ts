/**
 * A body in HTML, or in parts that a format's reader made of it → blocks, with the ledger of all its
 * text. Written by hand, because every text node needs a fate: the libraries that make Portable Text
 * from HTML drop what they do not know. Parsing is parse5's, which reads like a browser.
 */
import type {NewsBody} from '../../seed/model/seedDocument.ts'
import {differenceOf, FATES, fatesOf, type FateName, imbalance, type Ledger} from './balance.ts'
import {type HtmlOptions as PartOptions, nodeParts} from './htmlParts.ts'
import type {Part, ReadParts, Run} from './part.ts'
import {type PartBlocks, partBlocks} from './partBlocks.ts'
import {classesOf, fragmentNodes, type Element, type Node} from './tree.ts'

export interface BodyOptions {
  /** Where the markup is in the source; places inside it are added as `:line:column`. */
  readonly pointer: string
  /** Begins the keys of the blocks, which must differ within a story. */
  readonly keyPrefix: string
}

export interface HtmlOptions extends BodyOptions {
  /** The address that relative links are resolved against. */
  readonly base?: string | undefined
  /** Classes of elements that are no part of the story. */
  readonly furnitureClasses?: readonly string[] | undefined
}

export interface HtmlBody extends PartBlocks {
  readonly ledger: Ledger
}

export function readHtml(html: string, options: HtmlOptions): HtmlBody {
  return readParts(partsOfNodes(fragmentNodes(html), html, options), options)
}

interface NodeOptions
  extends Pick<HtmlOptions, 'base' | 'furnitureClasses'>, Pick<PartOptions, 'isFile' | 'standIn'> {}

/** The parts of nodes, with what is wrong about them. */
export function partsOfNodes(
  nodes: readonly Node[],
  source: string,
  {base, furnitureClasses, isFile, standIn}: NodeOptions,
): ReadParts {
  const found = nodeParts(nodes, source, {
    ...(base !== undefined && {base}),
    ...(isFile && {isFile}),
    ...(standIn && {standIn}),
    isFurniture: isOfClass(furnitureClasses),
  })
  const fault = imbalance(nodes, found.parts)
  return {...found, source, imbalances: fault ? [fault] : []}
}

/** Whether an element has one of these classes. */
export function isOfClass(names: readonly string[] = []): (element: Element) => boolean {
  if (names.length === 0) return () => false
  const furniture = new Set(names)
  return (element) => [...classesOf(element)].some((name) => furniture.has(name))
}

/** Parts → blocks, and the ledger of both steps. */
export function readParts(read: ReadParts, {keyPrefix, pointer}: BodyOptions): HtmlBody {
  const placeOf = placesIn(read.source, pointer)
  const made = partBlocks(read.parts, read.flags, {keyPrefix, placeOf})
  const fates = fatesOf(read.parts)
  const shown = read.parts.map(shownText).join('')
  const written = made.blocks.map((block) => blockText(block, made)).join('')
  const balanced = read.imbalances.length === 0 && differenceOf(shown, written) === undefined
  return {...made, ledger: {source: sumOf(fates), fates, balanced}}
}

function sumOf(fates: Readonly<Record<FateName, number>>): number {
  return FATES.reduce((sum, name) => sum + fates[name], 0)
}

/** `pointer:line:column` of a place in the source. */
function placesIn(source: string, pointer: string): (at: number) => string {
  return (at) => {
    const before = source.slice(0, at)
    const line = before.split('\n').length
    return `${pointer}:${line}:${at - before.lastIndexOf('\n')}`
  }
}

const runsText = (runs: readonly Run[]): string => runs.map(({text}) => text).join('')

/** What a part shows: the text of the source, and what a browser would add. */
function shownText(part: Part): string {
  switch (part.kind) {
    case 'text':
      return runsText(part.runs)
    case 'figure': {
      const beside = (part.credits ?? []).map(({text}) => text).join('')
      return runsText(part.caption) + (part.credit ?? '') + beside
    }
    case 'gallery':
      return part.figures.map(shownText).join('') + runsText(part.caption)
    case 'embed':
      return (part.text ?? '') + runsText(part.caption)
    case 'pullQuote':
      return runsText(part.runs) + (part.citation ?? '')
    case 'table':
      return runsText(part.caption) + part.rows.flatMap(({cells}) => cells).join('')
    case 'archived':
      return part.text
    case 'furniture':
      return ''
  }
}

/** The text in a block, read without knowing how it was made. */
function blockText(block: NewsBody[number], {figures}: PartBlocks): string {
  const credits = (key: string): string =>
    (figures.get(key)?.credits ?? []).map(({text}) => text).join('')
  switch (block._type) {
    case 'block':
      return (block.children ?? []).map(({text}) => text ?? '').join('')
    case 'figure':
      return (block.caption ?? '') + credits(block._key)
    case 'gallery': {
      const pictures = block.pictures.map(({_key, caption}) => (caption ?? '') + credits(_key))
      return pictures.join('') + (block.caption ?? '')
    }
    case 'table':
      return (block.caption ?? '') + block.rows.map(({cells}) => cells.join('')).join('')
    case 'archivedBlock':
      return block.text ?? ''
    case 'video':
    case 'audio':
      return block.caption ?? ''
    case 'socialPost':
    case 'pullQuote':
      return block.text ?? ''
    default:
      return ''
  }
}
