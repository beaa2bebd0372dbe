/** A story in a list. */
import {imageView} from '../body/pictures.ts'
import {pictureOf} from '../pictures.ts'
import type {CardAnswer} from '../view/answers.ts'
import {addressOf} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h} from '../view/element.ts'
import type {Element} from '../view/element.ts'
import {languageIn} from '../view/language.ts'
import {bylineView} from './byline.ts'
import {datesView} from './dates.ts'
import {labelsView} from './labels.ts'

interface Options {
  /** The level of the headline. */
  readonly level?: 2 | 3
  /** Whether its picture is seen first, and its headline is the full one. */
  readonly isLead?: boolean
  /** The attribute `sizes` of its picture. */
  readonly sizes?: string
}

/** A story in a list, with its picture cut to 3:2. The headline is its only link to the story. */
export const cardView = (
  card: CardAnswer,
  context: ViewContext,
  {level = 2, isLead = false, sizes = '(min-width: 40em) 20rem, 100vw'}: Options = {},
): Element => {
  const own = {...context, language: card.language ?? context.language}
  const picture = pictureOf(card.leadMedia, {imageBase: context.imageBase, ratio: 3 / 2, sizes})
  const href =
    addressOf(context, {_type: 'article', slug: card.slug}) ??
    (context.forEditors && card._id ? addressOf(context, {_type: 'preview', _id: card._id}) : null)
  const kicker = card.kicker ?? card.section?.name
  const headline = (isLead ? card.headline : card.shortHeadline) ?? card.headline ?? ''
  return h(
    'article',
    {
      class: isLead ? 'card lead' : 'card',
      ...languageIn(context.language, card.language),
      'data-sanity': context.edit?.('headline'),
    },
    // The headline beside it says the same.
    picture !== null && imageView({...picture, alt: ''}, {isLead}),
    labelsView(card, own),
    kicker && h('p', {class: 'kicker'}, kicker),
    h(`h${level}`, {}, href === null ? headline : h('a', {href}, headline)),
    card.summary && h('p', {class: 'summary'}, card.summary),
    bylineView(card, own),
    datesView(card, own),
  )
}
