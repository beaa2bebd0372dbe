/** Stories in a list. */
import {html, raw} from 'hono/html'

import type {FrontPageQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {bylineOf, languageOf, pictureIn, storyAddress, timeOf} from './parts.ts'
import type {Html, Visit} from './visit.ts'

type Card = FrontPageQueryResult[number]

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
  cards: readonly Card[],
  {level = 2, hasLead = false}: Options = {},
): Html =>
  cards.length === 0
    ? html`<p>${visit.words.noStories}</p>`
    : html`<ul class="cards${hasLead && ' with-lead'}">
        ${cards.map((card, index) => cardOf(visit, card, level, hasLead && index === 0))}
      </ul>`

const cardOf = (visit: Visit, card: Card, level: 2 | 3, isLead: boolean): Html => {
  const {words} = visit
  const heading = raw(`h${level}`)
  const headline = isLead ? card.headline : card.shortHeadline
  return html`<li class="card"><article${languageOf(visit, card.language)}>
${pictureIn(visit, card.leadMedia, {isFirst: isLead, ratio: 16 / 9, sizes: isLead ? LEAD_SIZES : CARD_SIZES})}
<p class="kicker">${card.kicker ?? card.section.name}</p>
<${heading}><a href="${storyAddress(card)}">${headline}</a></${heading}>
${card.summary && html`<p>${card.summary}</p>`}
<p class="byline">${bylineOf(visit, card)} ${timeOf(visit, card.firstPublishedAt)}</p>
${card.sponsor && html`<p class="quiet">${words.sponsoredBy(card.sponsor.name)}</p>`}
</article></li>`
}
