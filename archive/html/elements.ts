/**
 * What each element of HTML means for the text of a story. An element that is in none of these lists
 * is unknown, and is archived.
 */

/** Elements that make a paragraph, or hold some. */
export const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article blockquote body center dd details div dl dt fieldset figcaption figure footer ' +
    'h1 h2 h3 h4 h5 h6 header hgroup html legend li main ol p pre section summary ul'
  ).split(' '),
)

/** Elements inside a line; their text is part of it. */
export const INLINE: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby ' +
    's samp small span strike strong sub sup time tt u var wbr br picture source'
  ).split(' '),
)

/** The marks of the content model. */
export const DECORATORS: Readonly<Record<string, string>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  u: 'underline',
  s: 'strike-through',
  strike: 'strike-through',
  del: 'strike-through',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  sub: 'sub',
  sup: 'sup',
}

export type BlockStyle = 'normal' | 'h2' | 'h3' | 'blockquote'

/** A story has two levels of headings; the headline is above them. */
export const STYLES: Readonly<Record<string, BlockStyle>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  blockquote: 'blockquote',
}

/** Parts of the page around a story, by their element alone, never by their words. */
export const FURNITURE: ReadonlySet<string> = new Set([
  'nav',
  'aside',
  'script',
  'style',
  'form',
  'template',
  'head',
  'title',
  'meta',
  'link',
  'base',
])
