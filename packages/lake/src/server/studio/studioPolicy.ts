/**
 * The content security policy of a Studio's page (https://www.w3.org/TR/CSP3/): what it may load,
 * run and connect to. Its session can change every document, so no other site may frame it, and
 * only scripts that its own HTML names may run. Images, videos and fonts may come from anywhere,
 * because an editor may link to any.
 */
import {createHash} from 'node:crypto'

export interface PolicyOptions {
  /** The Studio's client puts it before the lake's host name. */
  readonly projectId: string
  /** Origins of sites that the Studio shows in a frame, such as Presentation's preview. */
  readonly previews: readonly string[]
}

/** Sanity's services: versions, announcements, fonts, and hosted projects. */
const SANITY = [
  'https://*.sanity.io',
  'wss://*.sanity.io',
  'https://sanity-cdn.com',
  'https://*.sanity-cdn.com',
]

/**
 * @param html The page, for its scripts.
 * @param host The `Host` header of the request.
 */
export const studioPolicy = (
  html: string,
  host: string | undefined,
  {projectId, previews}: PolicyOptions,
): string =>
  [
    "default-src 'self'",
    ['script-src', "'self'", ...scriptsOf(html)].join(' '),
    // styled-components writes its rules into the page, and many elements have inline styles.
    "style-src 'self' 'unsafe-inline'",
    'img-src * data: blob:',
    'media-src * data: blob:',
    'font-src * data:',
    ['connect-src', "'self'", ...hostsOfLake(host, projectId), ...SANITY].join(' '),
    ['frame-src', "'self'", ...previews].join(' '),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')

const SCRIPT = /<script\b([^>]*)>(.*?)<\/script\s*>/gis
const SOURCE = /\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)')/i

/** Hashes of inline scripts, and addresses of external ones. */
const scriptsOf = (html: string): string[] =>
  Array.from(html.matchAll(SCRIPT), ([, attributes = '', text = '']) => {
    const source = SOURCE.exec(attributes)
    if (source === null) return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const url = URL.parse(source[1] ?? source[2] ?? '')
    return url?.protocol === 'https:' ? url.origin + url.pathname : ''
  }).filter(Boolean)

const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i

/** The addresses at which the Studio's client finds this lake, with the hosts for listeners. */
const hostsOfLake = (host: string | undefined, projectId: string): string[] => {
  // It becomes part of a header, so it must hold nothing else.
  if (host === undefined || !HOST.test(host)) return []
  const bare = host.startsWith(`${projectId}.`) ? host.slice(projectId.length + 1) : host
  const names = /^localhost(?::|$)/.test(bare)
    ? [bare, `*.${bare}`]
    : [bare, `${projectId}.${bare}`]
  return names.flatMap((name) => ['http', 'https', 'ws', 'wss'].map((way) => `${way}://${name}`))
}
