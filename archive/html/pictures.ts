/**
 * Where a picture is: the largest of the addresses that an `<img>` and the `<source>` elements
 * around it give, and those that scripts load later (`data-src`).
 */
import {attribute, elementsNamed, type Element} from './tree.ts'

export interface PictureSources {
  /** The best first, each once, absolute if the address of the page is known. */
  readonly sources: readonly string[]
  /** WordPress's id of the picture, from its class. */
  readonly attachment?: string
}

/** Attributes of pictures that scripts load when they come into view. */
const LATER = ['data-src', 'data-lazy-src', 'data-original', 'data-full-url', 'data-orig-file']
const LATER_SETS = ['data-srcset', 'data-lazy-srcset']

export function pictureSources(
  element: Element,
  base: string | undefined,
  isFile: (address: string) => boolean,
): PictureSources {
  const parent = element.parentNode
  const around =
    parent && 'tagName' in parent && parent.tagName === 'picture'
      ? elementsNamed(parent.childNodes, 'source')
      : []
  const sets = [element, ...around].flatMap((one) => [
    ...candidates(attribute(one, 'srcset')),
    ...LATER_SETS.flatMap((name) => candidates(attribute(one, name))),
  ])
  const single = [...LATER.map((name) => attribute(element, name)), attribute(element, 'src')]
  const written = [
    ...sets.toSorted((a, b) => b.size - a.size).map(({address}) => address),
    ...single.filter((address) => address !== undefined),
  ]
  // A file beside the page comes before all that is elsewhere.
  const own = written.filter((address) => address !== '' && isFile(address))
  const elsewhere = written
    .filter((address) => !own.includes(address))
    .flatMap((address) => absolute(address, base))
  const [, attachment] =
    /(?:^|\s)wp-image-(\d+)(?:\s|$)/.exec(attribute(element, 'class') ?? '') ?? []
  const id = attachment ?? attribute(element, 'data-id')
  return {
    sources: [...new Set([...own, ...elsewhere].flatMap((one) => [...original(one), one]))],
    ...(id && /^\d+$/.test(id) && {attachment: id}),
  }
}

interface Candidate {
  readonly address: string
  readonly size: number
}

/** `small.jpg 480w, large.jpg 2x`: an address may contain commas, but does not end in one. */
function candidates(set: string | undefined): Candidate[] {
  const found = (set ?? '').matchAll(/(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)/g)
  return [...found].map(([, address = '', size]) => ({address, size: Number(size ?? 1)}))
}

/** A placeholder that is in the page itself is no picture. */
function absolute(address: string, base: string | undefined): string[] {
  if (!address || /^(?:data|blob|about|javascript):/i.test(address)) return []
  const url = URL.parse(address, base)
  if (url) return /^https?:$/.test(url.protocol) ? [url.href] : []
  return [address]
}

/** WordPress names its smaller copies `name-300x200.jpg` beside the original `name.jpg`. */
function original(address: string): string[] {
  const [, name, extension] = /^(.+)-\d{2,4}x\d{2,4}(\.[a-z]{3,4})$/i.exec(address) ?? []
  return name && extension && address.includes('/uploads/') ? [name + extension] : []
}
