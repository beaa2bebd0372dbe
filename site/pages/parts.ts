/** Small parts of pages: links, names, times, languages, pictures. */
import {html, raw} from 'hono/html'

import {type Thing, urlOf} from '../../front/addresses.ts'
import {bodyHtml} from '../../front/body/html.ts'
import {pictureOf} from '../../front/pictures.ts'
import type {
  ArticleBySlugQueryResult,
  FrontPageQueryResult,
} from '../../front/queries/sanity.types.generated.ts'
import {directionOf} from '../../front/view/language.ts'
import type {Html, Visit} from './visit.ts'

type Card = FrontPageQueryResult[number]
type Body = NonNullable<ArticleBySlugQueryResult>['body']
type Figure = NonNullable<Card['leadMedia']>

/** The path of a story; of a draft without a web address, that of its preview. */
export const storyAddress = ({_id, slug}: {readonly _id: string; readonly slug: string}): string =>
  urlOf({_type: 'article', slug}) ?? urlOf({_type: 'preview', _id}) ?? '/'

/** A link to a thing's page, or the words alone if it has none. */
export const linkTo = (thing: Thing, words: string): Html | string => {
  const path = urlOf(thing)
  return path === null ? words : html`<a href="${path}">${words}</a>`
}

/** A time in the newsroom's zone, as readers write it. @param time ISO 8601 */
export const timeOf = (visit: Visit, time: string | null): Html | '' =>
  time === null ? '' : html`<time datetime="${time}">${clockTime(visit, time)}</time>`

/** The same without the element. */
export const clockTime = ({language, settings}: Visit, time: string): string => {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return time
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    // Readers in other zones must not take it for their own.
    timeZoneName: 'short',
    timeZone: settings.timeZone,
  }).format(date)
}

/** `lang` and `dir` for a part in another language than the page; nothing for the same. */
export const languageOf = ({language}: Visit, own: string | null): Html | '' =>
  own === null || own === language ? '' : html` lang="${own}" dir="${directionOf(own)}"`

interface BylineOptions {
  readonly hasLinks?: boolean
}

/** Who wrote it: as the editor worded it, or the names, joined as the language joins them. */
export const bylineOf = (
  {language, words}: Visit,
  {byline, bylinePrefix, bylineText}: Pick<Card, 'byline' | 'bylinePrefix' | 'bylineText'>,
  {hasLinks = false}: BylineOptions = {},
): Html | '' => {
  if (bylineText !== null) return html`${bylineText}`
  const authors = (byline ?? []).map(({author}) => author)
  if (authors.length === 0) return ''
  const names = new Intl.ListFormat(language).formatToParts(authors.map(({name}) => name))
  let index = 0
  const shown = names.map(({type, value}) => {
    const author = type === 'element' ? authors[index++] : undefined
    return author && hasLinks ? linkTo({_type: 'author', slug: author.slug}, value) : value
  })
  return html`${bylinePrefix ?? words.by} ${shown}`
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
  if (picture === null) return ''
  const {src, srcset, width, height, alt} = picture
  return html`<img
    src="${src}"
    ${srcset && html` srcset="${srcset}" sizes="${picture.sizes}"`}
    width="${width}"
    height="${height}"
    alt="${alt}"
    ${isFirst ? html` fetchpriority="high"` : html` loading="lazy"`}
  />`
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
export const bodyOf = (visit: Visit, blocks: Body, language: string | null) =>
  raw(
    bodyHtml(blocks, {
      language: language ?? visit.language,
      timeZone: visit.settings.timeZone,
      imageBase: visit.imageBase,
      sizes: STORY_SIZES,
    }),
  )
