/** Search: a plain form, its words in the address. */
import {html} from 'hono/html'

import {searchPattern, searchQuery} from '../../front/queries/index.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {searchForm} from './parts.ts'
import type {Visit} from './visit.ts'

/** Longer input has no match. */
const LONGEST = 200

export const searchPage = async (visit: Visit): Promise<Page> => {
  const {ask, now, url, words} = visit
  const typed = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST)
  const pattern = searchPattern(typed)
  const cards = pattern === '' ? [] : await ask(searchQuery, {pattern, now})
  const result = cards.length === 0 ? words.nothingFound(typed) : words.found(cards.length, typed)
  return documentOf(visit, {
    title: typed === '' ? words.search : `${words.search}: ${typed}`,
    noIndex: true,
    main: html`<h1>${words.search}</h1>
      ${searchForm(visit, 'typed', typed)} ${typed !== '' && html`<p role="status">${result}</p>`}
      ${cards.length > 0 && cardsOf(visit, cards)}`,
  })
}
