/** Marks on words: emphasis, links, sources, and who is quoted. */
import type {MarkAnswer} from '../view/answers.ts'
import {addressOf, safeAddress} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {CONTENT, h} from '../view/element.ts'
import type {Element} from '../view/element.ts'

/** The elements of marks without data. */
const EMPHASIS: Readonly<Record<string, string>> = {
  strong: 'strong',
  em: 'em',
  underline: 'u',
  'strike-through': 's',
  code: 'code',
  sub: 'sub',
  sup: 'sup',
}

/** The names of the marks that a view exists for. */
export const MARKS = [...Object.keys(EMPHASIS), 'link', 'internalLink', 'attribution', 'quotation']

/** A mark around `CONTENT`; null if the words stay as they are, as for a link that leads nowhere. */
export const markView = (
  type: string,
  mark: MarkAnswer | null | undefined,
  context: ViewContext,
): Element | null => {
  const tag = Object.hasOwn(EMPHASIS, type) ? EMPHASIS[type] : undefined
  if (tag !== undefined) return h(tag, {}, CONTENT)
  if (mark === null || mark === undefined) return null
  const {forEditors = false} = context
  if (mark._type === 'quotation') {
    const speaker = mark.speaker?.name ?? 'an unknown speaker'
    const title = forEditors ? `Said by ${speaker}` : null
    return h('span', {class: 'quotation', title}, CONTENT)
  }
  const href = targetOf(mark, context)
  if (mark._type !== 'attribution') return href === null ? null : h('a', {href}, CONTENT)
  const title = forEditors ? `Source: ${mark.credit?.name ?? '?'}` : null
  return h(href === null ? 'span' : 'a', {class: 'source', href, title}, CONTENT)
}

/** Where words lead, or null. A source leads to its own page, or else to what we say about it. */
export const targetOf = (mark: MarkAnswer, context: ViewContext): string | null => {
  if (mark._type === 'link') return safeAddress(mark.href)
  if (mark._type === 'internalLink') {
    const {to} = mark
    return to ? addressOf(context, {_type: to._type, slug: to.slug}) : null
  }
  if (mark._type !== 'attribution') return null
  const {_id: id, url} = mark.credit ?? {}
  return safeAddress(url) ?? (id ? addressOf(context, {_type: 'credit', _id: id}) : null)
}
