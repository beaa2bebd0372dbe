/**
 * HTML → the blocks of a story's body. Written by hand, because every text node needs a fate: the
 * libraries that make Portable Text from HTML drop what they do not know. Parsing is parse5's, which
 * reads like a browser.
 *
 * An element is a paragraph, a mark, a picture, a table, furniture of the page, or unknown. What is
 * unknown becomes an archived block at its place. Prose is never judged by its words.
 */
import type {Block, NewsBody} from '../../seed/model/seedDocument.ts'
import {excerpt} from '../../seed/parse/excerpt.ts'
import type {Residue, StoryFigure, StoryFlag} from '../story/story.ts'
import {archivedBlock, figureBlock, tableBlock} from './blocks.ts'
import {type BlockStyle, BLOCKS, DECORATORS, FURNITURE, INLINE, STYLES} from './elements.ts'
import {balance, type Fate, type FateName, type Ledger} from './ledger.ts'
import {linkAddress} from './linkAddress.ts'
import {createTextBlock, linkMark, plainLine, type TextBlock} from './textBlock.ts'
import {
  attribute,
  type Element,
  elementsOf,
  type Fragment,
  isElement,
  parseHtml,
  type Node,
  sourceOf,
  textOf,
} from './tree.ts'

export interface HtmlOptions {
  /** Where the markup is in the source; places inside it are added as `:line:column`. */
  readonly pointer: string
  /** Begins the keys of the blocks, which must differ within a story. */
  readonly keyPrefix: string
  /** The address that relative links are resolved against. */
  readonly base?: string | undefined
  /** Classes of elements that are no part of the story. */
  readonly furnitureClasses?: readonly string[] | undefined
}

export interface HtmlBody {
  readonly blocks: NewsBody
  readonly flags: readonly StoryFlag[]
  readonly residue: readonly Residue[]
  readonly ledger: Ledger
}

interface Place {
  readonly style: BlockStyle
  readonly list?: {readonly kind: 'bullet' | 'number'; readonly level: number} | undefined
  readonly marks: readonly string[]
  readonly isPre?: boolean | undefined
}

export function readHtml(html: string, options: HtmlOptions): HtmlBody {
  const root = parseHtml(html)
  const blocks: NewsBody = []
  const flags: StoryFlag[] = []
  const residue: Residue[] = []
  const fates: Fate[] = []
  const furniture = new Set(options.furnitureClasses)
  let open: TextBlock | undefined

  const nextKey = (): string => `${options.keyPrefix}${blocks.length + 1}`
  const at = (node: Node): string => {
    const place = node.sourceCodeLocation
    return place ? `${options.pointer}:${place.startLine}:${place.startCol}` : options.pointer
  }
  const fate = (name: FateName, text: string): unknown => text && fates.push({name, text})
  const flag = (code: string, node: Node, message: string, evidence: string): unknown =>
    flags.push({code, pointer: at(node), message, evidence})

  const flush = (): void => {
    const block: Block | undefined = open?.close()
    open = undefined
    if (block) blocks.push(block)
  }
  const blockAt = (place: Place): TextBlock =>
    (open ??= createTextBlock(nextKey(), place.style, place.list))

  const children = (node: Element | Fragment, place: Place): void => {
    for (const child of node.childNodes) visit(child, place)
  }

  const visit = (node: Node, place: Place): void => {
    if (node.nodeName === '#text' && 'value' in node) {
      const blank = node.value.trim() === ''
      if (blank && !open) return
      blockAt(place).add(node.value, place.marks, place.isPre)
      if (!blank) fate('kept', node.value)
    } else if (isElement(node)) {
      element(node, place)
    } else if (node.nodeName === '#comment' && 'data' in node && node.data.startsWith('[if ')) {
      residue.push({pointer: at(node), text: `<!--${node.data}-->`})
    }
  }

  const element = (node: Element, place: Place): void => {
    const name = node.tagName
    if (FURNITURE.has(name) || isFurnitureClass(node, furniture)) return leaveOut(node)
    if (name === 'img') return picture(node)
    if (name === 'hr') return flush()
    if (name === 'br') return blockAt(place).add('\n', place.marks, true)
    if (name === 'table') return table(node)
    if (name === 'figure') return figure(node, place)
    if (BLOCKS.has(name)) return blockElement(node, place)
    if (INLINE.has(name) && node.namespaceURI.endsWith('xhtml')) return inlineElement(node, place)
    archive(node)
  }

  const blockElement = (node: Element, place: Place): void => {
    const name = node.tagName
    if (name === 'li' && !place.list) return blockElement({...node, tagName: 'div'}, place)
    // The paragraphs of one list item are lines of it: as blocks they would get bullets of their own.
    if (place.list && name !== 'li' && name !== 'ul' && name !== 'ol') {
      open?.breakLine()
      children(node, place)
      open?.breakLine()
      return
    }
    flush()
    if (name === 'ul' || name === 'ol') {
      const level = (place.list?.level ?? 0) + 1
      children(node, {...place, list: {kind: name === 'ol' ? 'number' : 'bullet', level}})
    } else if (name === 'dt') {
      children(node, {...place, marks: withMark(place.marks, 'strong')})
    } else {
      const style = STYLES[name] ?? place.style
      children(node, {...place, style, isPre: place.isPre === true || name === 'pre'})
    }
    flush()
  }

  const inlineElement = (node: Element, place: Place): void => {
    const decorator = DECORATORS[node.tagName]
    if (decorator !== undefined) {
      return children(node, {...place, marks: withMark(place.marks, decorator)})
    }
    const href = node.tagName === 'a' ? attribute(node, 'href') : undefined
    if (href === undefined || elementsOf(node, 'img').length > 0) {
      if (href !== undefined) residue.push({pointer: `${at(node)} a.href`, text: href || '""'})
      return children(node, place)
    }
    const address = linkAddress(href, options.base)
    if (address === undefined) {
      const message = `The link to ${excerpt(href)} was left out, because it leads nowhere or is not safe. Its words are kept.`
      flag('linkLeftOut', node, message, sourceOf(html, node))
      return children(node, place)
    }
    children(node, {...place, marks: withMark(place.marks, linkMark(address))})
  }

  const leaveOut = (node: Element): void => {
    const text = textOf(node)
    const source = sourceOf(html, node)
    fate('furniture', text)
    if (source) residue.push({pointer: at(node), text: source})
    if (!['script', 'style', 'title'].includes(node.tagName) && text.trim() !== '') {
      const message = `A part of the page (${node.tagName}) was left out of the story. Check that it is not part of it.`
      flag('furnitureLeftOut', node, message, text.trim())
    }
  }

  const archive = (node: Element): void => {
    flush()
    const text = textOf(node)
    fate('opaque', text)
    const source = sourceOf(html, node)
    blocks.push(archivedBlock(nextKey(), {kind: node.tagName, text, source, pointer: at(node)}))
    const message = `The import does not know <${node.tagName}>. It is kept as an archived block, which readers do not see.`
    flag('archived', node, message, source)
  }

  const picture = (node: Element, caption?: string): void => {
    flush()
    const found = pictureOf(node, caption)
    if (!found) return archive(node)
    for (const name of ['title', 'longdesc']) {
      const value = attribute(node, name)
      if (value && value !== found.alt)
        residue.push({pointer: `${at(node)} img.${name}`, text: value})
    }
    blocks.push({...figureBlock(found), _key: nextKey()})
  }

  /** A picture with its caption. With anything else in it, a figure is only a frame around that. */
  const figure = (node: Element, place: Place): void => {
    const [image, ...more] = elementsOf(node, 'img')
    const captions = elementsOf(node, 'figcaption')
    const [caption] = captions
    const captionText = caption ? textOf(caption) : ''
    const onlyPicture =
      image !== undefined &&
      more.length === 0 &&
      captions.length <= 1 &&
      (!caption || elementsOf(caption, 'img').length === 0) &&
      plain(textOf(node)) === plain(captionText) &&
      [...elementsIn(node)].every(
        (one) => one.tagName === 'figcaption' || isPictureFrame(one, caption),
      )
    if (!onlyPicture || !image || !pictureOf(image)) return blockElement(node, place)
    for (const link of elementsOf(node, 'a')) {
      const href = attribute(link, 'href')
      if (href) residue.push({pointer: `${at(link)} a.href`, text: href})
    }
    fate('moved', captionText)
    picture(image, plainLine(captionText))
  }

  const table = (node: Element): void => {
    flush()
    const read = tableBlock(nextKey(), node)
    if (!read) return archive(node)
    fate('moved', textOf(node))
    blocks.push(read)
    for (const link of elementsOf(node, 'a')) {
      const href = attribute(link, 'href')
      if (!href) continue
      residue.push({pointer: `${at(link)} a.href`, text: href})
      const message = 'A link in a table was left out: cells hold text only.'
      flag('linkLeftOut', link, message, sourceOf(html, link))
    }
  }

  children(root, {style: 'normal', marks: []})
  flush()
  return {blocks, flags, residue, ledger: balance(textOf(root), fates, blocks)}
}

function withMark(marks: readonly string[], mark: string): readonly string[] {
  return marks.includes(mark) ? marks : [...marks, mark]
}

function isFurnitureClass(node: Element, furniture: ReadonlySet<string>): boolean {
  if (furniture.size === 0) return false
  return (attribute(node, 'class') ?? '').split(/\s+/).some((name) => furniture.has(name))
}

/** What may stand around the picture of a figure, or mark words of its caption. */
function isPictureFrame(node: Element, caption: Element | undefined): boolean {
  const frames = ['img', 'picture', 'source', 'a', 'div', 'span', 'p']
  if (frames.includes(node.tagName)) return true
  return (
    caption !== undefined && [...elementsIn(caption)].includes(node) && INLINE.has(node.tagName)
  )
}

function* elementsIn(node: Element): Iterable<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue
    yield child
    yield* elementsIn(child)
  }
}

/** Lazy loading hides the address in another attribute, and puts a placeholder into `src`. */
function pictureOf(node: Element, caption?: string): StoryFigure | undefined {
  const src = attribute(node, 'src')
  const real = src && !src.startsWith('data:') ? src : undefined
  const lazy = ['data-src', 'data-lazy-src', 'data-original'].map((name) => attribute(node, name))
  const address = (lazy.find(Boolean) ?? real)?.trim() || largest(attribute(node, 'srcset'))
  if (!address) return undefined
  const alt = attribute(node, 'alt')
  return {address, ...(alt && {alt}), ...(caption && {caption}), credits: []}
}

function largest(srcset: string | undefined): string | undefined {
  const sizes = (srcset ?? '').split(/,\s+/).map((one) => one.trim().split(/\s+/))
  const sorted = sizes.toSorted(
    (a, b) => Number.parseFloat(b[1] ?? '0') - Number.parseFloat(a[1] ?? '0'),
  )
  return sorted[0]?.[0] || undefined
}

const plain = (text: string): string => text.replace(/\s+/g, '')
