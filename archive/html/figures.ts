/**
 * `<figure>` and galleries: a picture with its caption, several pictures, a player, a pull quote or
 * a table. A credit is one only where an attribute of its element says so.
 */
import {embedOf} from './embeds.ts'
import type {EmbedPart, FigurePart, Part, PartFlag, Run} from './part.ts'
import {runText} from './part.ts'
import {
  attribute,
  classesOf,
  elementsIn,
  elementsNamed,
  isElement,
  isText,
  lineIn,
  startOf,
  type Element,
  type Node,
} from './tree.ts'

export interface Figures {
  readonly runsOf: (nodes: readonly Node[]) => readonly Run[]
  readonly pictureOf: (element: Element, href: string | undefined) => FigurePart | undefined
  /** The parts of nodes that are no picture. */
  readonly partsOf: (nodes: readonly Node[]) => readonly Part[]
  readonly flag: (code: PartFlag['code'], evidence: string, at: number) => void
}

export function figureParts(element: Element, figures: Figures): readonly Part[] {
  const inside = [...elementsIn(element.childNodes)]
  const has = (...names: string[]): boolean => inside.some(({tagName}) => names.includes(tagName))
  if (has('table', 'pre', 'form')) return withCaption(element, figures)
  if (has('blockquote') && isPullQuote(element)) return pullQuote(element, figures)
  if (has('iframe', 'video', 'audio', 'blockquote')) return withCaption(element, figures)
  const found = distinctPictures(elementsNamed(element.childNodes, 'img'), figures)
  if (found.length === 0)
    return linkedPlayer(element, figures) ?? figures.partsOf(element.childNodes)
  if (found.length === 1 && element.tagName === 'figure') {
    const [picture] = found
    return picture ? [captioned(picture, element.childNodes, figures, startOf(element))] : []
  }
  const several = gallery(element, figures)
  return several ? [several] : figures.partsOf(element.childNodes)
}

function distinctPictures(elements: readonly Element[], figures: Figures): FigurePart[] {
  const found: FigurePart[] = []
  for (const element of elements) {
    const picture = figures.pictureOf(element, linkAround(element))
    if (!picture) continue
    const last = found.at(-1)
    // The copy for readers without scripts comes right after its picture.
    if (last && isWithoutScripts(element)) {
      found[found.length - 1] = {
        ...last,
        sources: [...new Set([...last.sources, ...picture.sources])],
      }
    } else found.push(picture)
  }
  return found
}

function isWithoutScripts(element: Element): boolean {
  for (let node = element.parentNode; node && 'tagName' in node; node = node.parentNode) {
    if (node.tagName === 'noscript') return true
  }
  return false
}

function linkAround(element: Element): string | undefined {
  const parent = element.parentNode
  if (!parent || !('tagName' in parent) || parent.tagName !== 'a') return undefined
  const href = attribute(parent, 'href')
  return href && /^https?:\/\//i.test(href) ? href : undefined
}

/** Everything that is written in the figure is its caption, but for a marked credit at its end. */
function captioned(
  picture: FigurePart,
  nodes: readonly Node[],
  figures: Figures,
  at: number,
): FigurePart {
  const marked = [...elementsIn(nodes)].find((element) => isCredit(element))
  const caption = figures.runsOf(nodes)
  const credit = marked && lineIn([marked])
  const all = runText(caption)
  if (!credit) return {...picture, caption, at}
  if (all === credit) return {...picture, caption: [], credit, at}
  if (!all.endsWith(credit)) {
    figures.flag('citation', credit, startOf(marked))
    return {...picture, caption, at}
  }
  return {...picture, caption: shortened(caption, credit.length), credit, at}
}

/** The attributes by which pages mark who made a picture or holds its rights. */
function isCredit(element: Element): boolean {
  const property = attribute(element, 'itemprop')
  return property === 'creditText' || property === 'copyrightHolder'
}

/** Runs without their last letters. */
function shortened(runs: readonly Run[], letters: number): readonly Run[] {
  const kept: Run[] = []
  let left = runText(runs).length - letters
  for (const run of runs) {
    if (left <= 0) break
    kept.push({...run, text: run.text.slice(0, left)})
    left -= run.text.length
  }
  const last = kept.pop()
  const text = last?.text.trimEnd() ?? ''
  return last && text !== '' ? [...kept, {...last, text}] : kept
}

/** Undefined when words stand before a picture: they would be moved. */
function gallery(element: Element, figures: Figures): Part | undefined {
  const members: FigurePart[] = []
  const waiting: Node[] = []
  let isMixed = false
  const collect = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (isText(node)) waiting.push(node)
      else if (isElement(node)) member(node)
    }
  }
  const member = (node: Element): void => {
    const pictures = distinctPictures(elementsNamed([node], 'img'), figures)
    const [picture] = pictures
    if (!picture) waiting.push(node)
    else if (lineIn(waiting) !== '') isMixed = true
    else if (pictures.length > 1) collect(node.childNodes)
    else members.push(captioned(picture, node.childNodes, figures, startOf(node)))
  }
  collect(element.childNodes)
  if (isMixed) return undefined
  const caption = figures.runsOf(waiting)
  return {kind: 'gallery', figures: members, caption, at: startOf(element)}
}

function isPullQuote(element: Element): boolean {
  const classes = classesOf(element)
  return classes.has('wp-block-pullquote') || classes.has('pullquote')
}

function pullQuote(element: Element, figures: Figures): readonly Part[] {
  const cites = elementsNamed(element.childNodes, 'cite', 'figcaption')
  const citation = cites.map((cite) => lineIn([cite])).join(' ')
  const all = figures.runsOf(element.childNodes)
  const at = startOf(element)
  if (citation === '') return [{kind: 'pullQuote', runs: all, at}]
  const quotes = elementsNamed(element.childNodes, 'blockquote')
  // A citation in the quotation is flagged where its words are read.
  if (elementsNamed(quotes, 'cite').length === 0) figures.flag('citation', citation, at)
  if (!runText(all).endsWith(citation)) return [{kind: 'pullQuote', runs: all, at}]
  return [{kind: 'pullQuote', runs: shortened(all, citation.length), citation, at}]
}

/** What is in the figure, with its caption moved into the part if that can hold one. */
function withCaption(element: Element, figures: Figures): readonly Part[] {
  const captions = element.childNodes.filter(
    (node) => isElement(node) && node.tagName === 'figcaption',
  )
  const rest = element.childNodes.filter((node) => !captions.includes(node))
  const [first] = captions
  const after = first ? element.childNodes.slice(element.childNodes.indexOf(first)) : []
  const isBelow = captions.length === 1 && lineIn(after.slice(1)) === ''
  const [part, ...more] = isBelow ? figures.partsOf(rest) : []
  const holds = part?.kind === 'embed' || part?.kind === 'table'
  if (!holds || more.length > 0 || part.caption.length > 0) {
    return figures.partsOf(element.childNodes)
  }
  const caption = figures.runsOf(captions)
  const at = startOf(element)
  return [
    part.kind === 'table' ? {...part, caption, captionBelow: true, at} : {...part, caption, at},
  ]
}

/** WordPress keeps an embedded page as its address alone. */
function linkedPlayer(element: Element, figures: Figures): readonly Part[] | undefined {
  const [wrapper] = [...elementsIn(element.childNodes)].filter((one) =>
    classesOf(one).has('wp-block-embed__wrapper'),
  )
  const printed = wrapper && lineIn([wrapper])
  const embed = printed && embedOf(printed)
  const captions = elementsNamed(element.childNodes, 'figcaption')
  // Anything else in it would be lost.
  if (!embed || withoutSpace(element.childNodes) !== printed + withoutSpace(captions))
    return undefined
  const part: EmbedPart = {
    kind: 'embed',
    ...embed,
    printed,
    caption: figures.runsOf(captions),
    at: startOf(element),
  }
  return [part]
}

const withoutSpace = (nodes: readonly Node[]): string => lineIn(nodes).replace(/\s/g, '')
