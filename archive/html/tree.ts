/** Reading the tree that parse5 makes of HTML. */
import {type DefaultTreeAdapterTypes, parseFragment} from 'parse5'

export type Node = DefaultTreeAdapterTypes.ChildNode
export type Element = DefaultTreeAdapterTypes.Element
export type Fragment = DefaultTreeAdapterTypes.DocumentFragment

/** As in a page whose scripts do not run: what is in `<noscript>` is markup. */
export function parseHtml(html: string): Fragment {
  return parseFragment(html, {sourceCodeLocationInfo: true, scriptingEnabled: false})
}

export function isElement(node: Node): node is Element {
  return 'tagName' in node
}

export function attribute(node: Element, name: string): string | undefined {
  return node.attrs.find((one) => one.name === name)?.value
}

/** All text below a node, in order, that of scripts too. */
export function textOf(node: Element | Fragment | Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if ('content' in node) return textOf(node.content)
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

/** The elements of one name below a node, in order. */
export function elementsOf(node: Element | Fragment, name: string): Element[] {
  return node.childNodes.flatMap((child) => {
    if (!isElement(child)) return []
    return [...(child.tagName === name ? [child] : []), ...elementsOf(child, name)]
  })
}

/** The markup of an element, letter for letter; its tag alone if the parser made it up. */
export function sourceOf(html: string, node: Element): string {
  const place = node.sourceCodeLocation
  return place ? html.slice(place.startOffset, place.endOffset) : `<${node.tagName}>`
}
