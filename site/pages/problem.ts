/** Pages for what cannot be shown: missing, retracted, out of reach, broken. */
import {html} from 'hono/html'

import {correctionView} from '../../front/page/corrections.ts'
import type {RetractedArticleQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {type Page, pageOf} from '../http/page.ts'
import {en} from '../words/en.ts'
import {documentOf} from './document.ts'
import {contextOf, searchForm, show} from './parts.ts'
import type {Visit} from './visit.ts'

/** 404, with a search for the words of the address. */
export const missingPage = (visit: Visit): Promise<Page> => {
  const {words} = visit
  return documentOf(visit, {
    status: 404,
    title: words.pageNotFound,
    noIndex: true,
    main: html`<h1>${words.pageNotFound}</h1>
      <p>${words.pageNotFoundWhy}</p>
      ${searchForm(visit, 'missing', wordsOf(visit.url.pathname))}
      <p><a href="/">${words.homePage}</a></p>`,
  })
}

/** The words of an address's last part: `/news/ferry-returns` → `ferry returns`. */
const wordsOf = (path: string): string => {
  const last = path.split('/').findLast(Boolean) ?? ''
  try {
    return decodeURIComponent(last)
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .slice(0, 100)
  } catch {
    return ''
  }
}

/** 410: the headline and the retraction of a story that is gone, never its text. */
export const retractedPage = (
  visit: Visit,
  {headline, retractions}: NonNullable<RetractedArticleQueryResult>,
): Promise<Page> => {
  const {words} = visit
  const context = contextOf(visit)
  const said = (retractions ?? []).map((each) =>
    correctionView({...each, kind: 'retraction'}, context),
  )
  return documentOf(visit, {
    status: 410,
    title: headline,
    noIndex: true,
    main: html`<article class="retracted">
        <p class="kicker">${words.retracted}</p>
        <h1>${headline}</h1>
        <p>${words.retractedWhy}</p>
        ${show(...said)}
      </article>
      <p><a href="/corrections">${words.corrections}</a></p>`,
  })
}

/** 503 while the lake does not answer, 500 for a fault of the site; made without the lake. */
export const brokenPage = async (status: 500 | 503, style: string): Promise<Page> => {
  const [title, why] =
    status === 503 ? [en.unavailable, en.unavailableWhy] : [en.failed, en.failedWhy]
  const body = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href="${style}" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${why}</p>
        </main>
      </body>
    </html> `
  return pageOf({
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 503 && {'retry-after': '30'}),
    },
    body: String(body),
  })
}
