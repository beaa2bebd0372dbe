/** The front page: the newest stories, the first one large, beside what is read most. */
import {html} from 'hono/html'

import {urlOf} from '../../front/addresses.ts'
import {frontPageQuery, latestAfterQuery, mostReadQuery} from '../../front/queries/index.ts'
import type {MostReadQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {safeAddress} from '../../front/view/context.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {olderStories, positionIn} from './paging.ts'
import {missingPage} from './problem.ts'
import type {Html, Visit} from './visit.ts'

export const frontPage = async (visit: Visit): Promise<Page> => {
  const {ask, now, url, settings, words} = visit
  const position = positionIn(url)
  if (position === null) return missingPage(visit)
  if (position !== undefined) {
    const cards = await ask(latestAfterQuery, {now, ...position})
    return documentOf(visit, {
      title: words.olderStories,
      noIndex: true,
      main: html`<h1>${words.olderStories}</h1>
        ${cardsOf(visit, cards)} ${olderStories(visit, cards)}`,
    })
  }
  const [cards, mostRead] = await Promise.all([
    ask(frontPageQuery, {now}),
    ask(mostReadQuery, {now}),
  ])
  return documentOf(visit, {
    title: settings.publicationName,
    canonical: '/',
    main: html`<h1 class="hidden">${settings.publicationName}</h1>
      <div class="columns">
        <section aria-labelledby="latest">
          <h2 id="latest" class="hidden">${words.latest}</h2>
          ${cardsOf(visit, cards, {level: 3, hasLead: true})} ${olderStories(visit, cards)}
        </section>
        ${mostReadOf(visit, mostRead)}
      </div>`,
  })
}

const mostReadOf = ({words}: Visit, mostRead: MostReadQueryResult): Html | '' =>
  mostRead === null || mostRead.items.length === 0
    ? ''
    : html`<aside class="most-read" aria-labelledby="most-read">
        <h2 id="most-read">${words.mostRead}</h2>
        <ol>
          ${mostRead.items.map(({headline, categoryLabel, slug, url}) => {
            const href = urlOf({_type: 'article', slug}) ?? safeAddress(url)
            return html`<li>
              ${href === null ? headline : html`<a href="${href}">${headline}</a>`}
              ${categoryLabel && html`<small>${categoryLabel}</small>`}
            </li>`
          })}
        </ol>
      </aside>`
