/** Stories in a list. */
import {html} from 'hono/html'

import {cardView} from '../../front/page/card.ts'
import type {FrontPageQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {show, storyContextOf} from './parts.ts'
import type {Html, Visit} from './visit.ts'

interface Options {
  /** The level of the headlines. */
  readonly level?: 2 | 3
  /** Whether the first story is larger, with its picture loaded first. */
  readonly hasLead?: boolean
}

/** How wide the style sheet shows the pictures of cards, and of the first one. */
const CARD_SIZES = '(min-width: 40rem) 22rem, 100vw'
const LEAD_SIZES = '(min-width: 60rem) 52rem, 100vw'

/** A list of stories, or a line that says there are none. */
export const cardsOf = (
  visit: Visit,
  cards: FrontPageQueryResult,
  {level = 2, hasLead = false}: Options = {},
): Html => {
  if (cards.length === 0) return html`<p>${visit.words.noStories}</p>`
  const items = cards.map((card, index) => {
    const isLead = hasLead && index === 0
    const sizes = isLead ? LEAD_SIZES : CARD_SIZES
    const context = storyContextOf(visit, card)
    return html`<li>${show(cardView(card, context, {level, isLead, sizes}))}</li>`
  })
  return html`<ul class="cards${hasLead && ' with-lead'}">
    ${items}
  </ul>`
}
