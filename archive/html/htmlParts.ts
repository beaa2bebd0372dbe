/**
 * HTML → the parts of a body. Every text node of the source goes into exactly one part, in order;
 * `balance.ts` checks that. Only elements and attributes decide what a part is, never its words.
 */
import {
  CODE,
  CONTAINERS,
  FURNITURE,
  linkOf,
  MARKS,
  PARAGRAPHS,
  SILENT,
  TRANSPARENT,
} from './elements.ts'
import {figureParts, type Figures} from './figures.ts'
import {paragraphCollector, type Manner} from './paragraphs.ts'
import {partText, type FigurePart, type Part, type PartFlag, type Parts, type Run} from './part.ts'
import {pictureSources} from './pictures.ts'
import {playerParts, postIn} from './players.ts'
import {tablePart} from './tables.ts'
import {
  attribute,
  classesOf,
  elementsNamed,
  fragmentNodes,
  isComment,
  isElement,
  isText,
  lineIn,
  readableIn,
  sourceOf,
  startOf,
  type Comment,
  type Element,
  type Node,
} from './tree.ts'

export interface HtmlOptions {
  /** The address of the page, if it is known: relative links are resolved with it. */
  readonly base?: string
  /**
   * `space`: a line end is a space, as in browsers. `paragraphs`: an empty line ends a paragraph
   * and a line end is a break, as in the classic editor of WordPress.
   */
  readonly lines?: 'space' | 'paragraphs'
  /** Elements that the profile of a site names as furniture, besides those of HTML. */
  readonly isFurniture?: (element: Element) => boolean
  /** Whether a relative address of a picture is a file beside the page. */
  readonly isFile?: (address: string) => boolean
  /** What an element stands for that the caller has put into the source. */
  readonly standIn?: (element: Element) => readonly Part[] | undefined
}

/** The parts of a piece of HTML. Deterministic: equal input gives equal parts. */
export function htmlParts(source: string, options: HtmlOptions = {}): Parts {
  return nodeParts(fragmentNodes(source), source, options)
}

/** Elements below this depth are archived whole: no editor nests so deep, and stacks are finite. */
const DEPTH_MAX = 200

/** The same for nodes that were parsed before; `source` is what they were parsed from. */
export function nodeParts(
  nodes: readonly Node[],
  source: string,
  options: HtmlOptions = {},
  outerDepth = 0,
): Parts {
  const {base, isFile = () => false, isFurniture = () => false, lines = 'space', standIn} = options
  const parts: Part[] = []
  const flags: PartFlag[] = []
  const paragraph = paragraphCollector()
  const plain: Manner = {style: 'normal', marks: [], exact: false}

  const flag = (code: PartFlag['code'], evidence: string, at: number): void => {
    flags.push({code, evidence, at})
  }
  const end = (manner: Manner): void => {
    parts.push(...paragraph.take(manner))
  }
  /** A part with words cuts the paragraph that it is in; one without stays beside it. */
  const emit = (part: Part, manner: Manner): void => {
    if (partText(part).trim() === '') return paragraph.part(part)
    end(manner)
    parts.push(part)
  }
  const noteSplit = (element: Element): void => {
    const parent = element.parentNode
    const inSentence = parent && 'tagName' in parent && !CONTAINERS.has(parent.tagName)
    if (inSentence && paragraph.hasWords())
      flag('splitParagraph', lineIn([element]), startOf(element))
  }
  const archive = (element: Element, manner: Manner): void => {
    const text = readableIn([element])
    const {tagName: name} = element
    const part: Part = {
      kind: 'archived',
      name,
      source: sourceOf(element, source),
      text,
      at: startOf(element),
    }
    if (text.trim() !== '') noteSplit(element)
    emit(part, manner)
  }
  const leaveOut = (element: Element, manner: Manner): void => {
    const text = readableIn([element])
    if (text.trim() !== '') {
      flag('leftOutByMarkup', lineIn([element]), startOf(element))
      noteSplit(element)
    }
    const {tagName: name} = element
    const at = startOf(element)
    emit({kind: 'furniture', name, source: sourceOf(element, source), text, at}, manner)
  }
  /** The words of a caption with their marks and links; its paragraphs become lines. */
  const runsOf = (inside: readonly Node[], depth: number): readonly Run[] => {
    const found = nodeParts(inside, source, options, depth)
    flags.push(...found.flags)
    const lines = found.parts.map((part) => {
      if (part.kind === 'embed' || part.kind === 'archived') {
        flag('unknownMarkup', source.slice(part.at, part.at + 200), part.at)
      }
      return runsIn(part)
    })
    return lines
      .filter((runs) => runs.length > 0)
      .flatMap((runs, index) => (index > 0 ? [LINE_END, ...runs] : runs))
  }
  const figuresAt = (depth: number): Figures => ({
    runsOf: (inside) => runsOf(inside, depth),
    pictureOf: (element, href) => pictureOf(element, href, base, isFile),
    partsOf: (inside) => {
      const found = nodeParts(inside, source, options, depth)
      flags.push(...found.flags)
      return found.parts
    },
    flag,
  })

  const text = (node: Node & {value: string}, manner: Manner): void => {
    if (lines === 'space' || manner.exact) return paragraph.words(node.value, manner, startOf(node))
    let at = startOf(node)
    for (const [index, piece] of node.value.split(/(\n[ \t\r]*(?:\n[ \t\r]*)*)/).entries()) {
      if (index % 2 === 0) paragraph.words(piece, manner, at)
      else if (/\n[ \t\r]*\n/.test(piece)) paragraph.paragraphBreak()
      else paragraph.lineBreak()
      at += piece.length
    }
  }

  const walkAll = (inside: readonly Node[], manner: Manner, depth: number): void => {
    for (const node of inside) walk(node, manner, depth)
  }

  /** The elements inside with a manner of their own: what is before and after is cut off. */
  const section = (element: Element, outer: Manner, inner: Manner, depth: number): void => {
    end(outer)
    walkAll(element.childNodes, inner, depth)
    end(inner)
  }

  const walk = (node: Node, manner: Manner, depth: number): void => {
    if (isText(node)) return text(node, manner)
    if (isComment(node)) return comment(node, manner)
    if (!isElement(node)) return
    const {tagName: name} = node
    if (name === 'hr') return end(manner)
    if (CODE.has(name)) return leaveOut(node, manner)
    if (SILENT.has(name)) return
    const stands = standIn?.(node)
    if (stands) {
      for (const part of stands) emit(part, manner)
      return
    }
    if (depth > DEPTH_MAX) return archive(node, manner)
    if (FURNITURE.has(name) || isFurniture(node)) return leaveOut(node, manner)
    const deeper = depth + 1
    const mark = MARKS[name]
    if (name === 'br') return paragraph.lineBreak()
    if (mark) {
      if (name === 'cite' && manner.style === 'blockquote')
        flag('citation', lineIn([node]), startOf(node))
      const marks = manner.marks.includes(mark) ? manner.marks : [...manner.marks, mark]
      return walkAll(node.childNodes, {...manner, marks}, deeper)
    }
    if (name === 'a') return walkAll(node.childNodes, linked(node, manner), deeper)
    if (name === 'q') return quoted(node, manner, deeper)
    if (TRANSPARENT.has(name)) return walkAll(node.childNodes, manner, deeper)
    if (PARAGRAPHS.has(name)) {
      if (manner.list) return inItem(node, manner, deeper)
      return section(node, manner, manner, deeper)
    }
    if (/^h[1-6]$/.test(name)) {
      const heading: Manner = {...bare(manner), style: 'heading', level: Number(name[1])}
      return section(node, manner, heading, deeper)
    }
    if (name === 'ul' || name === 'ol') return list(node, manner, deeper)
    if (name === 'li') return section(node, manner, manner, deeper)
    if (name === 'blockquote') {
      const post = postIn(node)
      if (post) return emit(post, manner)
      return section(node, manner, {...bare(manner), style: 'blockquote'}, deeper)
    }
    if (name === 'pre') {
      return section(node, manner, {...bare(manner), style: 'preformatted', exact: true}, deeper)
    }
    if (name === 'img') return picture(node, manner)
    if (name === 'figure' || isGallery(node)) {
      for (const part of figureParts(node, figuresAt(deeper))) emit(part, manner)
      return
    }
    if (name === 'table') return table(node, manner, deeper)
    const player = playerParts(node, source)
    if (player) {
      for (const part of player) emit(part, manner)
      return
    }
    if (name === 'noscript') return withoutScripts(node, manner, deeper)
    if (CONTAINERS.has(name)) {
      if (manner.list) return inItem(node, manner, deeper)
      return section(node, manner, manner, deeper)
    }
    unknown(node, manner, deeper)
  }

  /** Only that which some browsers read, `<!--[if IE]>…`, is kept. */
  const comment = (node: Comment, manner: Manner): void => {
    if (!node.data.startsWith('[if ')) return
    const kept = `<!--${node.data}-->`
    emit({kind: 'furniture', name: 'comment', source: kept, text: '', at: startOf(node)}, manner)
  }

  const linked = (element: Element, manner: Manner): Manner => {
    const written = attribute(element, 'href')
    const link = written === undefined ? undefined : linkOf(written, base)
    if (link && 'refused' in link) flag(link.refused, written ?? '', startOf(element))
    return link && 'href' in link ? {...manner, href: link.href} : manner
  }

  const quoted = (element: Element, manner: Manner, depth: number): void => {
    flag('addedQuotationMarks', lineIn([element]), startOf(element))
    paragraph.words('“', manner, startOf(element), true)
    walkAll(element.childNodes, manner, depth)
    paragraph.words('”', manner, startOf(element), true)
  }

  /** A paragraph in an item of a list stays in the item, on a line of its own. */
  const inItem = (element: Element, manner: Manner, depth: number): void => {
    paragraph.freshLine()
    walkAll(element.childNodes, manner, depth)
    paragraph.freshLine()
  }

  const list = (element: Element, manner: Manner, depth: number): void => {
    const kind = element.tagName === 'ol' ? 'number' : 'bullet'
    const level = (manner.list?.level ?? 0) + 1
    section(element, manner, {...bare(manner), list: {kind, level}}, depth)
  }

  const picture = (element: Element, manner: Manner): void => {
    const words = attribute(element, 'alt')
    const classes = classesOf(element)
    if (words && (classes.has('emoji') || classes.has('wp-smiley'))) {
      return paragraph.words(words, manner, startOf(element), true)
    }
    const found = pictureOf(element, manner.href, base, isFile)
    if (found) emit(found, manner)
    else flag('pictureWithoutAddress', sourceOf(element, source), startOf(element))
  }

  const table = (element: Element, manner: Manner, depth: number): void => {
    const found = tablePart(element, (inside) => runsOf(inside, depth))
    if (found) emit(found, manner)
    else archive(element, manner)
  }

  /** The picture for readers without scripts is the one before it, unless none is there. */
  const withoutScripts = (element: Element, manner: Manner, depth: number): void => {
    const siblings = element.parentNode?.childNodes ?? []
    const before = siblings.slice(0, siblings.indexOf(element)).findLast(isElement)
    const repeats = before && elementsNamed([before], 'img').length > 0
    if (elementsNamed([element], 'img').length > 0 && lineIn([element]) === '') {
      if (!repeats) walkAll(element.childNodes, manner, depth)
    } else leaveOut(element, manner)
  }

  /** Words of an unknown element inside of a sentence stay in the sentence. */
  const unknown = (element: Element, manner: Manner, depth: number): void => {
    const parent = element.parentNode
    const inSentence =
      paragraph.hasWords() || (parent && 'tagName' in parent && !CONTAINERS.has(parent.tagName))
    if (!inSentence || lineIn([element]) === '' || element.tagName === 'svg')
      return archive(element, manner)
    flag('unknownMarkup', sourceOf(element, source), startOf(element))
    walkAll(element.childNodes, manner, depth)
  }

  walkAll(nodes, plain, outerDepth)
  end(plain)
  return {parts, flags}
}

/** What goes on from a manner into a heading, list or quotation in it: marks and link. */
function bare({href, marks}: Manner): Manner {
  return {style: 'normal', marks, ...(href && {href}), exact: false}
}

function isGallery(element: Element): boolean {
  if (element.tagName !== 'div' && element.tagName !== 'ul') return false
  const classes = classesOf(element)
  return classes.has('gallery') || classes.has('wp-block-gallery')
}

const LINE_END: Run = {text: '\n', marks: []}

const said = (text: string | undefined): Run[] => (text ? [{text, marks: []}] : [])

/** The words of a part as runs. */
function runsIn(part: Part): readonly Run[] {
  if (part.kind === 'text') return part.runs
  if (part.kind === 'figure') return [...part.caption, ...said(part.credit)]
  return said(partText(part).trim())
}

function pictureOf(
  element: Element,
  href: string | undefined,
  base: string | undefined,
  isFile: (address: string) => boolean,
): FigurePart | undefined {
  const {attachment, sources} = pictureSources(element, base, isFile)
  if (sources.length === 0 && attachment === undefined) return undefined
  const alt = attribute(element, 'alt')
  const title = attribute(element, 'title')
  const leads = href !== undefined && !/\.(?:avif|gif|jpe?g|png|webp)$/i.test(href)
  return {
    kind: 'figure',
    sources,
    ...(attachment && {attachment}),
    ...(alt && {alt}),
    ...(title && title !== alt && {title}),
    caption: [],
    ...(leads && {href}),
    at: startOf(element),
  }
}
