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

/** The policy of files: they need nothing from elsewhere. */
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"

interface Reader {
  /** Whether the page is a preview. */
  readonly isPrivate?: boolean
  /** The content security policy of a page. */
  readonly policy?: string
}

/**
 * The response to this request with this page. Its headers are a plain object, and it is never read
 * before it is sent: Node's server then writes it without the streams of a whole `Response`.
 */
export const respond = async (
  request: Request,
  page: Page,
  {isPrivate = false, policy = FILE_POLICY}: Reader = {},
): Promise<Response> => {
  const copy = accepts(request, 'br') ? await page.compressed() : null
  const tag = `"${page.tag}${copy === null ? '' : '-br'}"`
  const isTagged = page.status === 200 && !isPrivate
  const headers = {
    'cache-control': isPrivate ? PRIVATE : (CACHE_CONTROL[page.status] ?? OTHERS),
    'content-security-policy': policy,
    vary: 'accept-encoding, cookie',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    ...(isTagged && {etag: tag}),
  }
  if (isTagged && matches(request.headers.get('if-none-match'), page.tag)) {
    const {'content-type': _, ...others} = page.headers
    return new Response(null, {status: 304, headers: {...headers, ...others}})
  }
  const body = copy ?? page.body
  return new Response(request.method === 'HEAD' ? null : body, {
    status: page.status,
    headers: {
      ...headers,
      ...page.headers,
      ...(copy !== null && {'content-encoding': 'br'}),
      'content-length': String(body.length),
    },
  })
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
