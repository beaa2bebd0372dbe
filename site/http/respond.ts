/** HTTP's rules for cached pages: conditional requests, compression, HEAD. */
import type {Page} from './page.ts'

/** How long caches between the site and its readers keep a page, by its status. */
const CACHE_CONTROL: Readonly<Record<number, string>> = {
  200: 'public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400',
  404: 'public, max-age=0, s-maxage=30',
}

const OTHERS = 'public, max-age=0, s-maxage=60'

/** A preview is for one person: no cache may keep it. */
const PRIVATE = 'private, no-store'

interface Reader {
  /** Whether the page is a preview. */
  readonly isPrivate?: boolean
}

/** The response to this request with this page. */
export const respond = async (
  request: Request,
  page: Page,
  {isPrivate = false}: Reader = {},
): Promise<Response> => {
  const copy = accepts(request, 'br') ? await page.compressed() : null
  const tag = `"${page.tag}${copy === null ? '' : '-br'}"`
  const headers = new Headers({
    'cache-control': isPrivate ? PRIVATE : (CACHE_CONTROL[page.status] ?? OTHERS),
    vary: 'accept-encoding, cookie',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    ...page.headers,
  })
  if (page.status === 200 && !isPrivate) {
    headers.set('etag', tag)
    if (matches(request.headers.get('if-none-match'), page.tag)) {
      headers.delete('content-type')
      return new Response(null, {status: 304, headers})
    }
  }
  if (copy !== null) headers.set('content-encoding', 'br')
  const body = copy ?? page.body
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, {status: page.status, headers})
}

/** Whether `accept-encoding` names an encoding and does not refuse it. */
const accepts = (request: Request, encoding: string): boolean =>
  (request.headers.get('accept-encoding') ?? '').split(',').some((item) => {
    const [name = '', ...options] = item.split(';').map((part) => part.trim().toLowerCase())
    return name === encoding && !options.some((option) => /^q=0(?:\.0*)?$/.test(option))
  })

/** RFC 9110: tags are compared weakly. The compressed copy is the same page. */
const matches = (header: string | null, tag: string): boolean =>
  header !== null &&
  (header.trim() === '*' ||
    header
      .split(',')
      .some(
        (item) => item.trim().replace(/^W\//, '').replaceAll('"', '').replace(/-br$/, '') === tag,
      ))
