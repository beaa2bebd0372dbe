/** The page of a story, or what is at its address instead. */
import {html} from 'hono/html'

import {PAID_CLASS} from '../../front/formats/newsArticle.ts'
import {
  articleBySlugQuery,
  articleRedirectQuery,
  relatedQuery,
  retractedArticleQuery,
  storyOpensAtQuery,
} from '../../front/queries/index.ts'
import type {ArticleBySlugQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {safeAddress} from '../../front/view/context.ts'
import {wordsIn} from '../../front/view/words/wordsIn.ts'
import {movedToStory} from '../http/moved.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {
  bodyOf,
  bylineOf,
  clockTime,
  figureOf,
  languageOf,
  linkTo,
  STORY_SIZES,
  storyAddress,
  timeOf,
} from './parts.ts'
import {missingPage, retractedPage} from './problem.ts'
import {headOf} from './storyHead.ts'
import type {Html, Visit} from './visit.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

interface Options {
  /** Whether to show all of a story that is not free. */
  readonly whole: boolean
}

/** How much of a story that is not free everybody may read: two paragraphs. */
const FREE_PARAGRAPHS = 2

export const storyPage = async (visit: Visit, slug: string, {whole}: Options): Promise<Page> => {
  const {ask, now} = visit
  const opensAt = await openingOfPreview(visit, slug)
  // Without a time that the editor chose, the opened story shows before its own.
  const time = visit.preview?.at === '' ? (opensAt ?? now) : now
  const story = await ask(articleBySlugQuery, {slug, now: time})
  if (story === null) return elsewhere(visit, slug)
  const related = await ask(relatedQuery, {slug, now})
  const page = await documentOf(visit, {
    title: story.seo.title,
    description: story.seo.description,
    noIndex: story.seo.noIndex,
    canonical: safeAddress(story.seo.canonicalUrl) ?? storyAddress(story),
    head: headOf(visit, story),
    main: html`${opensAt && html`<p class="note">${visit.words.preview.early(clockTime(visit, opensAt))}</p>`}
    ${storyOf(visit, story, whole)}
    ${
      related !== null &&
      related.length > 0 &&
      html`<section class="related" aria-labelledby="related">
        <h2 id="related">${visit.words.related}</h2>
        ${cardsOf(visit, related, {level: 3})}
      </section>`
    }`,
  })
  return story.access === 'free' ? page : {...page, access: story.access}
}

/** In previews, when readers may see a story that they may not see yet; null for any other. */
const openingOfPreview = async ({ask, now, preview}: Visit, slug: string) => {
  const opensAt = preview === null ? null : await ask(storyOpensAtQuery, {slug})
  const time = opensAt === null ? Number.NaN : Date.parse(opensAt)
  return time > Date.parse(now) ? new Date(time).toISOString() : null
}

/** No live story is at this address: it has moved, was retracted, or never was here. */
const elsewhere = async (visit: Visit, slug: string): Promise<Page> => {
  const {ask, now} = visit
  const moved = await ask(articleRedirectQuery, {slug, now})
  if (moved !== null) return movedToStory(moved.slug)
  const retracted = await ask(retractedArticleQuery, {slug, now})
  return retracted === null ? missingPage(visit) : retractedPage(visit, retracted)
}

const storyOf = (visit: Visit, story: Story, whole: boolean): Html => {
  const {words} = visit
  const isWhole = whole || story.access === 'free'
  const blocks = isWhole ? story.body : beginningOf(story.body)
  return html`<article class="story" ${languageOf(visit, story.language)}>
    <header>
      <p class="kicker">
        ${linkTo({_type: 'topic', slug: story.section.slug}, story.kicker ?? story.section.name)}
      </p>
      <h1>${story.headline}</h1>
      ${story.standfirst && html`<p class="standfirst">${story.standfirst}</p>`}
      ${story.sponsor && html`<p class="note">${words.sponsoredBy(story.sponsor.name)}</p>`}
      <p class="byline">${bylineOf(visit, story, {hasLinks: true})}</p>
      <p class="dates">
        ${timeOf(visit, story.firstPublishedAt)}${
          story.dateModified !== story.firstPublishedAt &&
          html` · ${words.updated} ${timeOf(visit, story.dateModified)}`
        }
      </p>
      ${correctionsOf(visit, story, 'top')}
    </header>
    ${figureOf(visit, story.leadMedia, {isFirst: true, sizes: STORY_SIZES})}
    <div class="body">
      ${story.dateline?.text && html`<span class="dateline">${story.dateline.text}</span>`}
      ${bodyOf(visit, blocks, story.language)}
    </div>
    ${story.access !== 'free' && !isWhole && html`<p class="note ${PAID_CLASS}">${words.paid[story.access]}</p>`}
    <footer>
      ${correctionsOf(visit, story, 'end')} ${creditsOf(visit, story)}
      ${story.rights?.notice && html`<p class="quiet">${story.rights.notice}</p>`}
      ${topicsOf(visit, story)}
    </footer>
  </article>`
}

/** The blocks up to the end of the free paragraphs. */
const beginningOf = (body: Story['body']): Story['body'] => {
  const ends = body.flatMap(({_type}, index) => (_type === 'block' ? [index + 1] : []))
  return body.slice(0, ends[FREE_PARAGRAPHS - 1] ?? body.length)
}

const correctionsOf = (visit: Visit, {corrections}: Story, place: 'top' | 'end') =>
  corrections
    ?.filter(({show}) => (show ?? 'end') === place)
    .map(
      ({kind, text, madeAt}) =>
        html`<div class="correction">
          <p>
            <strong>${wordsIn(visit.language).corrections[kind]}</strong> ${timeOf(visit, madeAt)}
          </p>
          <p>${text}</p>
        </div>`,
    )

const creditsOf = ({language}: Visit, {credits}: Story) =>
  credits !== null &&
  credits.length > 0 &&
  html`<section class="credits">
    <h2>${wordsIn(language).sources}</h2>
    <ul>
      ${credits.map(
        ({text, credit}) => html`<li>${linkTo({_type: 'credit', _id: credit._id}, text)}</li>`,
      )}
    </ul>
  </section>`

const topicsOf = ({words}: Visit, {topics}: Story) =>
  topics !== null &&
  topics.length > 0 &&
  html`<nav aria-label="${words.topics}">
    <ul>
      ${topics.map(({name, slug}) => html`<li>${linkTo({_type: 'topic', slug}, name)}</li>`)}
    </ul>
  </nav>`
