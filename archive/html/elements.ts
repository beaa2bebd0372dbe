/**
 * What each element of HTML means for a story. An element that is in none of these tables is kept
 * as it is, as an archived part: nothing is guessed from its name.
 */
import type {Mark} from './part.ts'

/** Elements that mark their words. */
export const MARKS: Readonly<Record<string, Mark>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  cite: 'em',
  dfn: 'em',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
}

/** Inline elements that change nothing in the text: their words stay, the element goes. */
export const TRANSPARENT: ReadonlySet<string> = new Set([
  'a',
  'abbr',
  'acronym',
  'bdi',
  'bdo',
  'big',
  'data',
  'font',
  'label',
  'mark',
  'nobr',
  'q',
  'rp',
  'rt',
  'ruby',
  'small',
  'span',
  'time',
  'var',
])

/** Elements that only group others. Text directly in them is a paragraph. */
export const CONTAINERS: ReadonlySet<string> = new Set([
  'address',
  'article',
  'body',
  'center',
  'details',
  'div',
  'dl',
  'fieldset',
  'footer',
  'header',
  'hgroup',
  'html',
  'main',
  'noscript',
  'picture',
  'section',
])

/** Elements that hold one paragraph. */
export const PARAGRAPHS: ReadonlySet<string> = new Set([
  'p',
  'dt',
  'dd',
  'summary',
  'figcaption',
  'legend',
])

/** Parts of the page around the story, by their element alone. */
export const FURNITURE: ReadonlySet<string> = new Set([
  'aside',
  'button',
  'dialog',
  'form',
  'input',
  'menu',
  'nav',
  'select',
  'textarea',
])

/** Code in the page: no words, but kept beside the story, because it may have drawn something. */
export const CODE: ReadonlySet<string> = new Set(['script', 'style', 'template'])

/** Elements without words that a reader sees. */
export const SILENT: ReadonlySet<string> = new Set([
  'base',
  'head',
  'hr',
  'link',
  'meta',
  'param',
  'source',
  'title',
  'track',
  'wbr',
])

/** Schemes that a link in a story may have. */
const SAFE_SCHEME = /^(?:https?|mailto|tel):/i

export type Link =
  | {readonly href: string}
  | {readonly refused: 'unsafeLink' | 'relativeLink'}
  | undefined

/**
 * An address as a link of a story: absolute, with a permitted scheme. A place in the same page
 * (`#top`) leads nowhere once the page is gone, so it is undefined without a flag. `base` is the
 * address of the page, if it is known.
 */
export function linkOf(written: string, base: string | undefined): Link {
  // Browsers ignore these characters in a scheme, so `java\nscript:` would run.
  // oxlint-disable-next-line no-control-regex
  const address = written.replace(/[\u0000-\u0020]+/g, (space) => (space === ' ' ? ' ' : '')).trim()
  if (address === '' || address.startsWith('#')) return undefined
  const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(address)
  if (hasScheme && !SAFE_SCHEME.test(address)) return {refused: 'unsafeLink'}
  const url = URL.parse(address, base)
  if (!url) return {refused: 'relativeLink'}
  if (!SAFE_SCHEME.test(url.protocol)) return {refused: 'unsafeLink'}
  if (hasScheme && /^https?:/i.test(address) && url.hostname === '') return {refused: 'unsafeLink'}
  return {href: url.href}
}
