/** The public record of corrections, newest first. */
import {html} from 'hono/html'

import {correctionView} from '../../front/page/corrections.ts'
import {correctionsAfterQuery, correctionsQuery} from '../../front/queries/index.ts'
import type {CorrectionsQueryResult} from '../../front/queries/sanity.types.generated.ts'
import type {Page} from '../http/page.ts'
import {documentOf} from './document.ts'
import {endIn, linkToOlder} from './paging.ts'
import {contextOf, linkTo, show} from './parts.ts'
import {missingPage} from './problem.ts'
import type {Html, Visit} from './visit.ts'

/** How many entries the queries give at once. */
const FULL = 100

/** The same as for stories, but the times may be in any zone, and the ids have a slash. */
const positionIn = (url: URL) => {
  const end = endIn(url, /^([\dTZ:.+-]{20,29}),([\w./-]+)$/)
  return end && {lastMadeAt: end.time, lastId: end.id}
}

export const correctionsPage = async (visit: Visit): Promise<Page> => {
  const {ask, now, url, words} = visit
  const position = positionIn(url)
  if (position === null) return missingPage(visit)
  const entries = await (position
    ? ask(correctionsAfterQuery, {now, ...position})
    : ask(correctionsQuery, {now}))
  return documentOf(visit, {
    title: words.corrections,
    ...(position ? {noIndex: true} : {canonical: '/corrections'}),
    main: html`<h1>${words.corrections}</h1>
      ${entries.length === 0 ? html`<p>${words.noCorrections}</p>` : entries.map((entry) => entryOf(visit, entry))}
      ${older(visit, entries)}`,
  })
}

const entryOf = (visit: Visit, entry: CorrectionsQueryResult[number]): Html => {
  const {kind, text, madeAt, headline, slug} = entry
  return html`<article class="entry">
    <h2>${linkTo({_type: 'article', slug}, headline)}</h2>
    ${show(correctionView({kind, text, madeAt}, contextOf(visit)))}
  </article>`
}

const older = (visit: Visit, entries: CorrectionsQueryResult): Html | '' => {
  const last = entries.at(-1)
  if (last === undefined || entries.length < FULL) return ''
  return linkToOlder(visit, {time: last.madeAt, id: last.id}, visit.words.olderCorrections)
}
