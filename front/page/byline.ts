/** Who made a story. */
import type {CardAnswer} from '../view/answers.ts'
import {addressOf} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h} from '../view/element.ts'
import type {Element, Node} from '../view/element.ts'
import {knownLanguage} from '../view/language.ts'
import {wordsIn} from '../view/words/wordsIn.ts'

type Byline = Pick<CardAnswer, 'byline' | 'bylinePrefix' | 'bylineText'>
type Author = NonNullable<NonNullable<NonNullable<Byline['byline']>[number]>['author']>

/**
 * The byline as readers see it: the editor's wording if there is one, otherwise the names in order,
 * with links to their pages, those who did not write after those who did. Null without names.
 */
export const bylineView = (
  {byline, bylinePrefix, bylineText}: Byline,
  context: ViewContext,
): Element | null => {
  const {edit} = context
  if (bylineText) {
    return h('p', {class: 'byline', 'data-sanity': edit?.('bylineText')}, bylineText)
  }
  const words = wordsIn(context.language)
  const groups = new Map<string, Author[]>()
  for (const {role, author} of byline ?? []) {
    if (!author?.name) continue
    const key = role && Object.hasOwn(words.roles, role) ? role : 'writer'
    groups.set(key, [...(groups.get(key) ?? []), author])
  }
  const writers = groups.get('writer') ?? []
  groups.delete('writer')
  const parts: Node[][] = [
    ...(writers.length === 0
      ? []
      : [[`${bylinePrefix || words.by} `, ...namesOf(writers, context)]]),
    ...[...groups].map(([role, authors]) => [
      `${words.roles[role] ?? role}: `,
      ...namesOf(authors, context),
    ]),
  ]
  return parts.length === 0
    ? null
    : h(
        'p',
        {class: 'byline', 'data-sanity': edit?.('byline')},
        parts.flatMap((part, index) => (index === 0 ? part : [' · ', ...part])),
      )
}

/** Names with links, joined as the language joins them: “A, B and C”. */
const namesOf = (authors: readonly Author[], context: ViewContext): Node[] => {
  const format = new Intl.ListFormat(knownLanguage(context.language))
  const linked = authors.map((author) => {
    const href = addressOf(context, {_type: 'author', slug: author.slug})
    const name = author.name ?? ''
    return href === null ? name : h('a', {href, rel: 'author'}, name)
  })
  // The names are placeholders here: one could be equal to what stands between them.
  return format
    .formatToParts(linked.map((_, index) => String(index)))
    .map(({type, value}) => (type === 'element' ? (linked[Number(value)] ?? value) : value))
}
