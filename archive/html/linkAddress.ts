/** Which links may be in a story, and as which address. */

const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/**
 * The whole address of a link; undefined if it has no safe scheme (`javascript:`), or is relative
 * and the address of its page is not known.
 */
export function linkAddress(href: string, base: string | undefined): string | undefined {
  const written = href.trim()
  if (written === '' || (written.startsWith('#') && base === undefined)) return undefined
  const url = URL.canParse(written) ? new URL(written) : relative(written, base)
  if (!url || !SAFE.has(url.protocol)) return undefined
  // The source's own spelling stays where it is an address already.
  return URL.canParse(written) && !/[\s\\]/.test(written) ? written : url.href
}

function relative(href: string, base: string | undefined): URL | undefined {
  return base !== undefined && URL.canParse(href, base) ? new URL(href, base) : undefined
}
