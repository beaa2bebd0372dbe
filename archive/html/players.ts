/** Players of videos and recordings, and posts of social networks that a page has taken in. */
import {embedOf, POST_CLASSES} from './embeds.ts'
import type {EmbedPart, Part} from './part.ts'
import {
  attribute,
  classesOf,
  elementsNamed,
  readableIn,
  sourceOf,
  startOf,
  type Element,
} from './tree.ts'

/** Undefined when the element is not a player. An unknown one is archived with its markup. */
export function playerParts(element: Element, source: string): readonly Part[] | undefined {
  const {tagName: name} = element
  if (name === 'iframe') return [framed(element, source)]
  if (name === 'video' || name === 'audio') return recorded(element, name, source)
  return undefined
}

const archived = (element: Element, source: string): Part => ({
  kind: 'archived',
  name: element.tagName,
  source: sourceOf(element, source),
  text: element.tagName === 'iframe' ? '' : readableIn([element]),
  at: startOf(element),
})

function framed(element: Element, source: string): Part {
  const addresses = ['src', 'data-src', 'data-lazy-src'].map((name) => attribute(element, name))
  const title = attribute(element, 'title')
  for (const address of addresses) {
    const embed = address === undefined ? undefined : embedOf(address)
    if (embed)
      return {kind: 'embed', ...embed, ...(title && {title}), caption: [], at: startOf(element)}
  }
  return archived(element, source)
}

/** A file in a player of the page itself. What is written for old browsers is left out. */
function recorded(element: Element, form: 'video' | 'audio', source: string): readonly Part[] {
  const addresses = [
    attribute(element, 'src'),
    ...elementsNamed(element.childNodes, 'source').map((one) => attribute(one, 'src')),
  ]
  const url = addresses
    .map((address) => (address === undefined ? null : URL.parse(address)))
    .find((address) => address && /^https?:$/.test(address.protocol))
  if (!url) return [archived(element, source)]
  const title = attribute(element, 'title') ?? attribute(element, 'aria-label')
  const text = readableIn(element.childNodes)
  const at = startOf(element)
  const part: EmbedPart = {
    kind: 'embed',
    form,
    provider: 'own',
    url: url.href,
    ...(title && {title}),
    caption: [],
    at,
  }
  if (text.trim() === '') return [part]
  return [part, {kind: 'furniture', name: form, source: sourceOf(element, source), text, at}]
}

/**
 * A quotation that the class of a social network marks as a post. Its words stay as they are, the
 * signature included; its address is the last in it that leads to a post.
 */
export function postIn(element: Element): EmbedPart | undefined {
  const classes = classesOf(element)
  if (![...classes].some((name) => POST_CLASSES.has(name))) return undefined
  const written = [
    attribute(element, 'data-instgrm-permalink'),
    attribute(element, 'cite'),
    attribute(element, 'data-href'),
    ...elementsNamed(element.childNodes, 'a').map((link) => attribute(link, 'href')),
  ]
  const embed = written
    .flatMap((address) => (address === undefined ? [] : [embedOf(address)]))
    .findLast((found) => found?.form === 'social')
  if (!embed) return undefined
  const text = readableIn([element])
    .replace(/[ \t\n\r\f]+/g, ' ')
    .trim()
  return {kind: 'embed', ...embed, ...(text && {text}), caption: [], at: startOf(element)}
}
