/** The page of an author. */
import {html} from 'hono/html'

import {urlOf} from '../../front/addresses.ts'
import {figureView} from '../../front/body/pictures.ts'
import {authorPageAfterQuery, authorPageQuery} from '../../front/queries/index.ts'
import {safeAddress} from '../../front/view/context.ts'
import {paragraphs} from '../../front/view/element.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {olderStories, positionIn} from './paging.ts'
import {contextOf, show} from './parts.ts'
import {missingPage} from './problem.ts'
import type {Visit} from './visit.ts'

export const authorPage = async (visit: Visit, slug: string): Promise<Page> => {
  const {ask, now, url, words} = visit
  const position = positionIn(url)
  const author = position === null ? null : await ask(authorPageQuery, {slug, now})
  if (author === null) return missingPage(visit)
  const cards = position
    ? ((await ask(authorPageAfterQuery, {slug, now, ...position})) ?? [])
    : author.articles
  const profiles = (author.profiles ?? []).filter((address) => safeAddress(address) !== null)
  return documentOf(visit, {
    title: author.name,
    ...(author.shortBio !== null && {description: author.shortBio}),
    ...(position
      ? {noIndex: true}
      : {canonical: urlOf({_type: 'author', slug: author.slug}) ?? '/'}),
    main: html`<h1>${author.name}</h1>
      ${author.jobTitle && html`<p class="quiet">${author.jobTitle}</p>`}
      ${!author.active && html`<p class="quiet">${words.formerAuthor}</p>`}
      <div class="portrait">
        ${show(figureView(author.portrait, {...contextOf(visit), sizes: '10rem'}, {ratio: 1}))}
      </div>
      ${show(...paragraphs(author.bio ?? author.shortBio))}
      ${
        profiles.length > 0 &&
        html`<nav aria-label="${words.profiles}">
          <ul>
            ${profiles.map(
              (address) => html`<li><a href="${address}" rel="me">${hostOf(address)}</a></li>`,
            )}
          </ul>
        </nav>`
      }
      <h2>${words.storiesBy(author.name)}</h2>
      ${cardsOf(visit, cards, {level: 3})} ${olderStories(visit, cards)}`,
  })
}

const hostOf = (address: string): string =>
  URL.parse(address)?.hostname.replace(/^www\./, '') ?? address
