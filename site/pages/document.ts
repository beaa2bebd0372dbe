/** The frame of every page: head, header with sections and search, footer. */
import {html, raw} from 'hono/html'

import {plain} from '../../front/stega.ts'
import {directionOf} from '../../front/view/language.ts'
import {type Page, pageOf} from '../http/page.ts'
import {PREVIEW_SCRIPTS} from '../preview/files.ts'
import {bannerOf} from './banner.ts'
import {topicAddress} from './parts.ts'
import type {Html, Visit} from './visit.ts'

interface Parts {
  readonly status?: number
  readonly title: string
  readonly description?: string
  /** The page's path, if search engines should list it. */
  readonly canonical?: string
  readonly noIndex?: boolean
  /** The head from the title on, in place of what these parts say. */
  readonly head?: Html | null
  readonly main: Html
}

/** A page of the site. */
export const documentOf = async (visit: Visit, parts: Parts): Promise<Page> => {
  const {settings, words, language, style, preview} = visit
  const {publicationName, publisher} = settings
  const body = await html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${style}">
<link rel="alternate" type="application/rss+xml" title="${plain(publicationName)}" href="/feed.xml">
${parts.head ?? headOf(visit, parts)}
</head>
<body${preview && html` data-out-of-date="${words.outOfDate}"`}>
${preview && bannerOf(visit, preview)}
<a class="skip" href="#content">${words.skipToContent}</a>
<header class="site-header">
<p class="site-name"><a href="/" rel="home"${currentAt(visit, '/')}>${publicationName}</a></p>
${sectionsOf(visit)}
<search><form action="/search">
<label class="hidden" for="q">${words.searchFor}</label>
<input id="q" name="q" type="search" placeholder="${words.search}">
<button type="submit">${words.search}</button>
</form></search>
</header>
<main id="content">
${parts.main}
</main>
<footer class="site-footer">
<nav aria-label="${words.aboutThisSite}"><ul>
<li><a href="/topics"${currentAt(visit, '/topics')}>${words.topics}</a></li>
<li><a href="/corrections"${currentAt(visit, '/corrections')}>${words.corrections}</a></li>
<li><a href="/feed.xml">${words.feeds}</a></li>
</ul></nav>
<p>${publisher.name}</p>
</footer>
${preview && raw(PREVIEW_SCRIPTS)}
</body>
</html>
`
  return pageOf({
    status: parts.status ?? 200,
    headers: {'content-type': 'text/html; charset=utf-8'},
    body: String(body),
  })
}

const headOf = ({settings, preview}: Visit, parts: Parts): Html => {
  const {baseUrl} = settings
  const publicationName = plain(settings.publicationName)
  const {noIndex, canonical} = parts
  const title = plain(parts.title)
  const description = plain(parts.description ?? '')
  return html`<title>${title === publicationName ? title : `${title} – ${publicationName}`}</title>
    ${description && html`<meta name="description" content="${description}" />`}
    ${(noIndex || preview) && html`<meta name="robots" content="noindex" />`}
    ${canonical && html`<link rel="canonical" href="${new URL(canonical, baseUrl)}" />`}`
}

const currentAt = ({url}: Visit, path: string) =>
  url.pathname === path ? raw(' aria-current="page"') : ''

const sectionsOf = (visit: Visit): Html | '' =>
  visit.settings.sections.length === 0
    ? ''
    : html`<nav aria-label="${visit.words.sections}">
        <ul>
          ${visit.settings.sections.map(
            ({name, slug}) =>
              html`<li>
                <a href="${topicAddress(slug)}" ${currentAt(visit, topicAddress(slug))}>${name}</a>
              </li>`,
          )}
        </ul>
      </nav>`
