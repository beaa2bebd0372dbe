/** Views as HTML. Story text is untrusted: everything in it is escaped here, and only here. */
import {toHTML} from '@portabletext/to-html'

import type {BlockAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import type {Node} from '../view/element.ts'
import {escapeHtml} from '../view/escape.ts'
import {componentsOf} from './components.ts'
import {prepared} from './view.ts'

/** Elements that have no content and no end tag. */
const VOID = new Set(['br', 'img', 'link', 'meta'])

/**
 * A view as HTML; an empty string for null.
 * @param content HTML for the place of `CONTENT`.
 */
export const htmlOf = (node: Node | null | undefined, content = ''): string => {
  if (node === null || node === undefined) return ''
  if (typeof node === 'string') return escapeHtml(node)
  if ('content' in node) return content
  if ('blocks' in node) return bodyHtml(node.blocks, node.context)
  const {tag, attributes, children} = node
  const named = Object.entries(attributes).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`,
  )
  const start = `<${tag}${named.join('')}>`
  if (VOID.has(tag)) return start
  return `${start}${children.map((child) => htmlOf(child, content)).join('')}</${tag}>`
}

/** The body of a story as HTML. */
export const bodyHtml = (blocks: readonly BlockAnswer[], context: ViewContext): string =>
  toHTML(prepared(blocks, context), {
    onMissingComponent: false,
    components: {...componentsOf(context, htmlOf), escapeHTML: escapeHtml},
  })
