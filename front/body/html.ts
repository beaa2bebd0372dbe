/** Views as HTML. Story text is untrusted: everything in it is escaped here, and only here. */
import {toHTML} from '@portabletext/to-html'

import type {BlockAnswer, MarkAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import type {Node} from '../view/element.ts'
import {MARKS, markView} from './marks.ts'
import {blockView, itemView, listView, OTHER_BLOCKS, prepared, textView} from './view.ts'

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** A text as HTML, between tags or in quotation marks. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => ESCAPED[character] ?? character)

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
    components: {
      types: Object.fromEntries(
        OTHER_BLOCKS.map((type) => [
          type,
          ({value}: {value: Parameters<typeof blockView>[0]}) => htmlOf(blockView(value, context)),
        ]),
      ),
      marks: Object.fromEntries(
        MARKS.map((type) => [
          type,
          ({value, children}: {value?: MarkAnswer; children: string}) => {
            const view = markView(type, value, context)
            return view === null ? children : htmlOf(view, children)
          },
        ]),
      ),
      block: ({value, children}) => htmlOf(textView(value, context), children),
      list: ({value, children}) => htmlOf(listView(value.listItem), children),
      listItem: ({value, children}) => htmlOf(itemView(value, context), children),
      hardBreak: () => '<br>',
      escapeHTML: escapeHtml,
      unknownMark: ({children}) => children,
      unknownType: () => '',
    },
  })
