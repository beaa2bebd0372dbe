/** What a story's page says about itself to search engines and social networks. */
import {pictureOf} from '../pictures.ts'
import {plain} from '../stega.ts'
import type {StoryAnswer} from '../view/answers.ts'
import {addressOf, safeAddress} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h} from '../view/element.ts'
import type {Element} from '../view/element.ts'

/** The width and height that social networks show. */
const SHARED = {ratio: 1200 / 630, widths: [1200]}

const meta = (name: string, content: string | null | undefined): Element[] =>
  content ? [h('meta', {name, content: plain(content)})] : []

const property = (name: string, content: string | null | undefined): Element[] =>
  content ? [h('meta', {property: name, content: plain(content)})] : []

interface Options extends ViewContext {
  /** The address of the site: addresses in the head are whole. */
  readonly base: string
  /** The name of the publication, after the title. */
  readonly publication: string
}

/** The elements of a story's `head`, without the page's own style sheet and `charset`. */
export const headViews = (story: StoryAnswer, options: Options): Element[] => {
  const {publication, imageBase} = options
  const {seo, social} = story
  const title = plain(seo?.title ?? story.headline ?? '')
  const own = addressOf(options, {_type: 'article', slug: story.slug})
  const picture = pictureOf(social?.image, {imageBase, ...SHARED})
  const canonical = safeAddress(seo?.canonicalUrl) ?? own
  return [
    h('title', {}, title === '' ? plain(publication) : `${title} – ${plain(publication)}`),
    ...meta('description', seo?.description),
    ...(canonical === null ? [] : [h('link', {rel: 'canonical', href: canonical})]),
    ...meta('robots', seo?.noIndex === true ? 'noindex' : 'max-image-preview:large'),
    ...property('og:type', 'article'),
    ...property('og:site_name', publication),
    ...property('og:title', social?.title ?? title),
    ...property('og:description', social?.description),
    ...property('og:url', own),
    ...property('og:image', picture?.src),
    ...property('og:image:width', picture && String(picture.width)),
    ...property('og:image:height', picture && String(picture.height)),
    ...property('og:image:alt', picture?.alt),
    ...property('article:published_time', story.firstPublishedAt),
    ...property('article:modified_time', story.dateModified),
    ...property('article:section', story.section?.name),
    ...meta('twitter:card', picture === null ? 'summary' : 'summary_large_image'),
  ]
}
