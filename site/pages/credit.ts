/** The page of a credit: what it published, and the stories that name it. */
import {html} from 'hono/html'

import {urlOf} from '../../front/addresses.ts'
import {creditUseQuery} from '../../front/queries/index.ts'
import {safeAddress} from '../../front/view/context.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {linkTo} from './parts.ts'
import {missingPage} from './problem.ts'
import type {Visit} from './visit.ts'

export const creditPage = async (visit: Visit, id: string): Promise<Page> => {
  const {ask, now, words} = visit
  const credit = await ask(creditUseQuery, {id, now})
  if (credit === null) return missingPage(visit)
  const {name, publisher, works, articles} = credit
  const url = safeAddress(credit.url)
  return documentOf(visit, {
    title: name,
    canonical: urlOf({_type: 'credit', _id: id}) ?? '/',
    main: html`${publisher && html`<p class="kicker">${linkTo({_type: 'credit', _id: publisher._id}, publisher.name)}</p>`}
      <h1>${name}</h1>
      ${url && html`<p><a href="${url}">${words.website}</a></p>`}
      ${
        works.length > 0 &&
        html`<h2>${words.works}</h2>
          <ul>
            ${works.map((work) => html`<li>${linkTo({_type: 'credit', _id: work._id}, work.name)}</li>`)}
          </ul>`
      }
      <h2>${words.usedIn}</h2>
      ${cardsOf(visit, articles, {level: 3})}`,
  })
}
