/** The page of a story, or what is at its address instead. */
import {html} from 'hono/html'

import {PAID_CLASS} from '../../front/formats/newsArticle.ts'
import {timeText} from '../../front/page/dates.ts'
import {storyView} from '../../front/page/story.ts'
import {
  articleBySlugQuery,
  articleRedirectQuery,
  relatedQuery,
  retractedArticleQuery,
  storyOpensAtQuery,
} from '../../front/queries/index.ts'
import type {ArticleBySlugQueryResult} from '../../front/queries/sanity.types.generated.ts'
import {h} from '../../front/view/element.ts'
import {movedToStory} from '../http/moved.ts'
import type {Page} from '../http/page.ts'
import {cardsOf} from './cards.ts'
import {documentOf} from './document.ts'
import {contextOf, linkTo, show, storyContextOf} from './parts.ts'
import {missingPage, retractedPage} from './problem.ts'
import {headOf} from './storyHead.ts'
import type {Html, Visit} from './visit.ts'

type Story = NonNullable<ArticleBySlugQueryResult>

/** How wide the style sheet shows a picture in a story. */
const STORY_SIZES = '(min-width: 44rem) 42rem, 100vw'

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
    head: visit.preview === null ? headOf(visit, story) : null,
    main: html`${opensAt && earlyNote(visit, opensAt)} ${storyOf(visit, story, whole)}
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

/** For editors: readers do not see this story yet. */
const earlyNote = (visit: Visit, opensAt: string): Html =>
  html`<p class="note">
    ${visit.words.preview.early(timeText(opensAt, contextOf(visit)) ?? opensAt)}
  </p>`

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
  const note =
    isWhole || story.access === 'free'
      ? null
      : h('p', {class: `note ${PAID_CLASS}`}, words.paid[story.access])
  const shown = isWhole ? story : {...story, body: beginningOf(story.body)}
  const context = {...storyContextOf(visit, story), sizes: STORY_SIZES}
  return html`${show(storyView(shown, context, note))} ${topicsOf(visit, story)}`
}

/** The blocks up to the end of the free paragraphs. */
const beginningOf = (body: Story['body']): Story['body'] => {
  const ends = body.flatMap(({_type}, index) => (_type === 'block' ? [index + 1] : []))
  return body.slice(0, ends[FREE_PARAGRAPHS - 1] ?? body.length)
}

const topicsOf = ({words}: Visit, {topics}: Story) =>
  topics !== null &&
  topics.length > 0 &&
  html`<nav class="topics" aria-label="${words.topics}">
    <ul>
      ${topics.map(({name, slug}) => html`<li>${linkTo({_type: 'topic', slug}, name)}</li>`)}
    </ul>
  </nav>`
