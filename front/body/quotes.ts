/** What somebody said or posted, outside the running text. */
import {timeView} from '../page/dates.ts'
import type {BlockOf} from '../view/answers.ts'
import {addressOf, safeAddress} from '../view/context.ts'
import type {ViewContext} from '../view/context.ts'
import {h, joined, lines} from '../view/element.ts'
import type {Element, Node} from '../view/element.ts'
import {directionIn, knownLanguage} from '../view/language.ts'
import {wordsIn} from '../view/words/wordsIn.ts'

/** A quote set large, with its speaker, where it was said and its original. */
export const pullQuoteView = (
  {text, speaker, medium, originalLanguage, sourceUrl}: BlockOf<'pullQuote'>,
  context: ViewContext,
  edited: string | undefined,
): Element | null => {
  if (!text) return null
  const {language} = context
  const words = wordsIn(language)
  const [open, close] = words.quotes
  const original = safeAddress(sourceUrl)
  const about = joined(
    [
      speakerView(speaker, context),
      medium,
      originalLanguage && words.translatedFrom(nameOf(originalLanguage, language)),
      original === null ? null : h('a', {href: original}, words.original),
    ],
    ', ',
  )
  return h(
    'figure',
    {class: 'pull', 'data-sanity': edited},
    h('blockquote', directionIn(language, text), h('p', {}, open, lines(text), close)),
    about.length > 0 && h('figcaption', {}, about),
  )
}

const speakerView = (
  speaker: BlockOf<'pullQuote'>['speaker'],
  context: ViewContext,
): Node | null | undefined => {
  const name = speaker?.name
  if (!name) return null
  const href = addressOf(context, {_type: 'topic', slug: speaker.slug})
  return href === null ? name : h('a', {href}, name)
}

/** A language's name in another language; its code if that is unknown. */
const nameOf = (code: string, language: string): string => {
  try {
    return new Intl.DisplayNames(knownLanguage(language), {type: 'language'}).of(code) ?? code
  } catch {
    return code
  }
}

const NETWORKS: Readonly<Record<string, string>> = {
  x: 'X',
  bluesky: 'Bluesky',
  facebook: 'Facebook',
  instagram: 'Instagram',
  mastodon: 'Mastodon',
  reddit: 'Reddit',
  threads: 'Threads',
  tiktok: 'TikTok',
}

/** A post on a social network as a quotation with a link: nothing from the network runs on the page. */
export const socialPostView = (
  {provider, url, text, authorName, postedAt}: BlockOf<'socialPost'>,
  context: ViewContext,
  edited: string | undefined,
): Element | null => {
  const {language} = context
  const href = safeAddress(url)
  if (!text && href === null) return null
  const network = NETWORKS[provider ?? ''] ?? provider
  const link = network ? wordsIn(language).postOn(network) : href
  return h(
    'figure',
    {class: 'post', 'data-sanity': edited},
    text && h('blockquote', {cite: href, ...directionIn(language, text)}, h('p', {}, lines(text))),
    h(
      'figcaption',
      {},
      joined(
        [authorName, href === null ? link : h('a', {href}, link), timeView(postedAt, context)],
        ', ',
      ),
    ),
  )
}
