/** The tree of parse5, with the few questions that the import asks of it. */
import {defaultTreeAdapter, html as dom, parse, parseFragment} from 'parse5'
import type {DefaultTreeAdapterTypes as Tree} from 'parse5'

export type Node = Tree.ChildNode
export type Element = Tree.Element
export type TextNode = Tree.TextNode
export type Comment = Tree.CommentNode

const OPTIONS = {sourceCodeLocationInfo: true, scriptingEnabled: false} as const

/** The nodes of a piece of HTML, as they would be in a `<div>`. */
export function fragmentNodes(source: string): readonly Node[] {
  const context = defaultTreeAdapter.createElement('div', dom.NS.HTML, [])
  return parseFragment(context, source, OPTIONS).childNodes
}

/** The nodes of a whole page. */
export function pageNodes(source: string): readonly Node[] {
  return parse(source, OPTIONS).childNodes
}

export const isElement = (node: Node): node is Element => 'tagName' in node
export const isComment = (node: Node): node is Comment => node.nodeName === '#comment'
export const isText = (node: Node): node is TextNode => node.nodeName === '#text'

/** Undefined where the attribute is missing; blank space around its value is not part of it. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value.trim()
}

export function classesOf(element: Element): ReadonlySet<string> {
  return new Set((attribute(element, 'class') ?? '').split(/\s+/).filter(Boolean))
}

export const startOf = (node: Node): number => node.sourceCodeLocation?.startOffset ?? 0

/** The element as it is in the source. */
export function sourceOf(element: Element, source: string): string {
  const {startOffset = 0, endOffset = source.length} = element.sourceCodeLocation ?? {}
  return source.slice(startOffset, endOffset)
}

/** All nodes in the order of the source, without those below an element that `skip` names. */
function* nodesIn(
  nodes: readonly Node[],
  skip: (element: Element) => boolean = () => false,
): Generator<Node> {
  const waiting = [...nodes].toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (isElement(node) && skip(node)) continue
    yield node
    if (isElement(node)) for (const child of node.childNodes.toReversed()) waiting.push(child)
  }
}

export function* elementsIn(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodesIn(nodes)) if (isElement(node)) yield node
}

/** The elements with one of these names, in the order of the source. */
export function elementsNamed(nodes: readonly Node[], ...names: string[]): Element[] {
  return [...elementsIn(nodes)].filter(({tagName}) => names.includes(tagName))
}

/** What is in these elements is never text that somebody reads. */
const UNREAD: ReadonlySet<string> = new Set([
  'iframe',
  'noembed',
  'noframes',
  'script',
  'style',
  'template',
])

/** The text that a reader can see in the nodes, with white space as in the source. */
export function readableIn(nodes: readonly Node[]): string {
  let text = ''
  for (const node of nodesIn(nodes, ({tagName}) => UNREAD.has(tagName))) {
    if (isText(node)) text += node.value
  }
  return text
}

/** `readableIn` on one line. */
export function lineIn(nodes: readonly Node[]): string {
  return readableIn(nodes)
    .replace(/[ \t\n\r\f]+/g, ' ')
    .trim()
}
