/** Small parts of pages: links, names, times, languages, pictures. */
import {html, raw} from 'hono/html'

import {type Thing, urlOf} from '../../front/addresses.ts'
import {bodyHtml, htmlOf} from '../../front/body/html.ts'
import {imageView} from '../../front/body/pictures.ts'
import {namesOf} from '../../front/page/byline.ts'
import {timeText} from '../../front/page/dates.ts'
import {pictureOf} from '../../front/pictures.ts'
import type {
  ArticleBySlugQueryResult,
  FrontPageQueryResult,
} from '../../front/queries/sanity.types.generated.ts'
import type {ViewContext} from '../../front/view/context.ts'
import {languageIn} from '../../front/view/language.ts'
import {wordsIn} from '../../front/view/words/wordsIn.ts'
import type {Html, Visit} from './visit.ts'

type Card = FrontPageQueryResult[number]
type Body = NonNullable<ArticleBySlugQueryResult>['body']
type Figure = NonNullable<Card['leadMedia']>

/** The site's context for the views of `front/`. */
const contextOf = ({language, settings, imageBase}: Visit): ViewContext => ({
  language,
  timeZone: settings.timeZone,
  imageBase,
})

/** The path of a story; of a draft without a web address, that of its preview. */
export const storyAddress = ({_id, slug}: {readonly _id: string; readonly slug: string}): string =>
  urlOf({_type: 'article', slug}) ?? urlOf({_type: 'preview', _id}) ?? '/'

/** The path of a topic, which may be a section. */
export const topicAddress = (slug: string): string => urlOf({_type: 'topic', slug}) ?? '/topics'

/** A link to a thing's page, or the words alone if it has none. */
export const linkTo = (thing: Thing, words: string): Html | string => {
  const path = urlOf(thing)
  return path === null ? words : html`<a href="${path}">${words}</a>`
}

/** A form to search for `typed`. @param id of its field, different from others on the page */
export const searchForm = ({words}: Visit, id: string, typed: string): Html =>
  html`<search>
    <form class="large" action="/search">
      <label for="${id}">${words.searchFor}</label>
      <input id="${id}" name="q" type="search" value="${typed}" />
      <button type="submit">${words.search}</button>
    </form>
  </search>`

/** A time in the newsroom's zone, as readers write it. @param time ISO 8601 */
export const timeOf = (visit: Visit, time: string | null): Html | '' =>
  time === null ? '' : html`<time datetime="${time}">${clockTime(visit, time)}</time>`

/** The same without the element. */
export const clockTime = (visit: Visit, time: string): string =>
  timeText(time, contextOf(visit), 'short') ?? time

/** `lang` and `dir` for a part in another language than the page; nothing for the same. */
export const languageOf = (visit: Visit, own: string | null): Html | '' => {
  const {lang, dir} = languageIn(visit.language, own)
  return html`${lang && html` lang="${lang}"`}${dir && html` dir="${dir}"`}`
}

interface BylineOptions {
  readonly hasLinks?: boolean
}

/** Who wrote it: as the editor worded it, or the names, joined as the language joins them. */
export const bylineOf = (
  visit: Visit,
  {byline, bylinePrefix, bylineText}: Pick<Card, 'byline' | 'bylinePrefix' | 'bylineText'>,
  {hasLinks = false}: BylineOptions = {},
): Html | '' => {
  if (bylineText !== null) return html`${bylineText}`
  const authors = (byline ?? []).map(({author}) => author)
  if (authors.length === 0) return ''
  const context = hasLinks ? contextOf(visit) : {...contextOf(visit), base: null}
  const names = namesOf(authors, context).map((name) => htmlOf(name))
  return html`${bylinePrefix ?? wordsIn(visit.language).by} ${raw(names.join(''))}`
}

/** How wide the style sheet shows a picture in a story. */
export const STORY_SIZES = '(min-width: 44rem) 42rem, 100vw'

interface PictureOptions {
  /** Whether it is the first picture that readers see. */
  readonly isFirst?: boolean
  /** The attribute `sizes`. */
  readonly sizes: string
  /** Width divided by height. */
  readonly ratio?: number
}

/** The picture of a figure without its caption; nothing if it has none. */
export const pictureIn = (
  {imageBase}: Visit,
  figure: Figure | null,
  {isFirst = false, sizes, ratio}: PictureOptions,
): Html | '' => {
  const picture = pictureOf(figure, {imageBase, sizes, ...(ratio !== undefined && {ratio})})
  return picture === null ? '' : raw(htmlOf(imageView(picture, {isLead: isFirst})))
}

/** A picture with its caption and credits, as in a story. */
export const figureOf = (
  visit: Visit,
  figure: Figure | null,
  options: PictureOptions,
): Html | '' => {
  if (figure === null) return ''
  const credits = (figure.credits ?? []).map(({text}) => text).join(', ')
  const caption = [figure.caption, credits].filter(Boolean).join(' · ')
  const picture = pictureIn(visit, figure, options)
  if (picture === '' && caption === '') return ''
  return html`<figure>${picture}${caption && html`<figcaption>${caption}</figcaption>`}</figure>`
}

/** Text of several paragraphs. */
export const paragraphs = (text: string): readonly Html[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => html`<p>${paragraph}</p>`)

/** The blocks of a story. @param language of the story; the site's if null */
export const bodyOf = (visit: Visit, blocks: Body, language: string | null) => {
  const context = contextOf(visit)
  return raw(
    bodyHtml(blocks, {...context, language: language ?? context.language, sizes: STORY_SIZES}),
  )
}
