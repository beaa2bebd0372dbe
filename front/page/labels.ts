/** What a story is, if it is not plain news that everybody may read. */
import type {CardAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {h, joined} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {wordsIn} from '../view/words/wordsIn.ts'

/** Labels such as “Opinion”, “Sponsored by Quay Ferries” and “For subscribers”; null for none. */
export const labelsView = (
  {articleType, sponsor, access}: Pick<CardAnswer, 'articleType' | 'sponsor' | 'access'>,
  {language}: ViewContext,
): Element | null => {
  const words = wordsIn(language)
  const paidBy = sponsor?.creditText ?? (sponsor?.name && words.sponsoredBy(sponsor.name))
  const labels = [
    articleType === 'sponsored' && paidBy ? paidBy : words.kinds[articleType ?? ''],
    access && access !== 'free' ? words.access[access] : undefined,
  ]
  const shown = labels.flatMap((label) => (label ? [h('span', {class: 'label'}, label)] : []))
  return shown.length === 0 ? null : h('p', {class: 'labels'}, joined(shown, ' '))
}
