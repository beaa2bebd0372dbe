/** Credit lines: the wording that is owed to the maker of a picture, a recording or a text. */
import type {CreditLineAnswer} from '../view/answers.ts'
import {safeAddress} from '../view/context.ts'
import {h, joined} from '../view/element.ts'
import type {Node} from '../view/element.ts'

/** The wording of a credit line, with a link if the credit has an address; null without wording. */
export const creditText = ({text, credit}: CreditLineAnswer): Node | null => {
  const said = text ?? credit?.creditText ?? credit?.name
  if (!said) return null
  const href = safeAddress(credit?.url)
  return href === null ? said : h('a', {href}, said)
}

/** The credits of a picture or recording in one line; null without any. */
export const creditLine = (
  credits: readonly CreditLineAnswer[] | null | undefined,
): Node | null => {
  const texts = joined((credits ?? []).map(creditText), ' / ')
  return texts.length === 0 ? null : h('span', {class: 'credit'}, texts)
}

/** A caption with its credits, for a `figcaption`; nothing without either. */
export const captionAndCredit = (
  caption: string | null | undefined,
  credits: readonly CreditLineAnswer[] | null | undefined,
): Node[] =>
  joined([caption ? h('span', {class: 'caption'}, caption.trim()) : null, creditLine(credits)], ' ')
