import {createHash} from 'node:crypto'

/**
 * What the page of a Studio may load, run and connect to, as a content security policy
 * (https://www.w3.org/TR/CSP3/). Its session can change every document, so no other page may frame
 * it and no script runs in it that its own HTML does not name. Pictures, films and typefaces may
 * come from anywhere, since an editor may link to any.
 */
export interface PolicyOptions {
  /** The Studio's client puts it in front of the lake's host name. */
  readonly projectId: string
  /** Origins of sites that are shown in a frame inside the Studio: Presentation's preview. */
  readonly previews: readonly string[]
}

/** Sanity's own services: versions, announcements, typefaces, and projects that it hosts. */
const SANITY = [
  'https://*.sanity.io',
  'wss://*.sanity.io',
  'https://sanity-cdn.com',
  'https://*.sanity-cdn.com',
]

/**
 * @param html The page, for the scripts it names.
 * @param host The `Host` under which it is asked for.
 */
export const studioPolicy = (
  html: string,
  host: string | undefined,
  {projectId, previews}: PolicyOptions,
): string =>
  [
    "default-src 'self'",
    ['script-src', "'self'", ...scriptsOf(html)].join(' '),
    // styled-components writes its rules into the page, and many elements have a style of their own.
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

/** Hashes of the scripts in the page, and the addresses of those that are elsewhere. */
const scriptsOf = (html: string): string[] =>
  Array.from(html.matchAll(SCRIPT), ([, attributes = '', text = '']) => {
    const source = SOURCE.exec(attributes)
    if (source === null) return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const url = URL.parse(source[1] ?? source[2] ?? '')
    return url?.protocol === 'https:' ? url.origin + url.pathname : ''
  }).filter(Boolean)

const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i

/** Where the Studio's client finds this lake, with the hosts that listeners are spread over. */
const hostsOfLake = (host: string | undefined, projectId: string): string[] => {
  // It ends in a header: nothing else may be in it.
  if (host === undefined || !HOST.test(host)) return []
  const bare = host.startsWith(`${projectId}.`) ? host.slice(projectId.length + 1) : host
  const names = /^localhost(?::|$)/.test(bare)
    ? [bare, `*.${bare}`]
    : [bare, `${projectId}.${bare}`]
  return names.flatMap((name) => ['http', 'https', 'ws', 'wss'].map((way) => `${way}://${name}`))
}
