/** What views need to know besides the answers. */
import {urlOf} from '../addresses.ts'
import type {Thing} from '../addresses.ts'

export interface ViewContext {
  /** The language of what is shown, as a code (BCP 47): a story's own, or else the site's. */
  readonly language: string
  /** The site's time zone. */
  readonly timeZone: string
  /** The address in front of a picture's file name: see `pictureOf`. */
  readonly imageBase: string
  /**
   * In front of the paths of pages: nothing on the site itself, its address in feeds. Null where
   * the pages are out of reach: words that link to them stay plain.
   */
  readonly base?: string | null
  /** The attribute `sizes` of pictures in a story. */
  readonly sizes?: string
  /** In front of the ids of headings, `h-` by default: different for each story on a page. */
  readonly idPrefix?: string
  /**
   * In a preview, the attribute `data-sanity` for a field of the document, such as
   * `body[_key=="a1"]`, so that a click opens it in the Studio.
   */
  readonly edit?: (path: string) => string | undefined
  /** Whether to show what readers never see: archived blocks, who speaks, what is missing. */
  readonly forEditors?: boolean
}

/** The address of a page, or null. */
export const addressOf = ({base = ''}: ViewContext, thing: Thing): string | null => {
  const path = urlOf(thing)
  return path === null || base === null ? null : `${base}${path}`
}

/** Schemes that a link may have; all others could run code or open programs. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/**
 * An address that may be linked to, or null: `http`, `https`, `mailto`, `tel`, or relative. Decided
 * as browsers read it, which ignore spaces and control characters before and line ends inside it.
 */
export const safeAddress = (address: string | null | undefined): string | null => {
  if (!address || !address.isWellFormed()) return null
  try {
    // Anything without a scheme gets the one of this base.
    return SCHEMES.has(new URL(address, 'https://site.invalid').protocol) ? address : null
  } catch {
    return null
  }
}
