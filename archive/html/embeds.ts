/**
 * Addresses of videos, recordings and posts on other sites. Only the address decides: a player of a
 * site that is not in the table is archived with its markup.
 */
import type {Player} from './part.ts'

export type Embed = Player & {readonly url: string}

interface Provider {
  readonly player: Player
  readonly host: RegExp
  /** The part of path and query that names the recording or post. */
  readonly path: RegExp
  /** The address that a reader would open, made of the groups of `path`. */
  readonly address?: (groups: readonly string[]) => string
}

const PROVIDERS: readonly Provider[] = [
  {
    player: {form: 'video', provider: 'youtube'},
    host: /^(?:www\.|m\.)?youtube(?:-nocookie)?\.com$/,
    path: /^\/(?:embed|shorts|live|v)\/([\w-]{6,})(?:$|[?&#])/,
    address: ([id = '']) => `https://www.youtube.com/watch?v=${id}`,
  },
  {
    player: {form: 'video', provider: 'youtube'},
    host: /^(?:www\.|m\.)?youtube\.com$/,
    path: /^\/watch\?(?:.*&)?v=([\w-]{6,})/,
    address: ([id = '']) => `https://www.youtube.com/watch?v=${id}`,
  },
  {
    player: {form: 'video', provider: 'youtube'},
    host: /^youtu\.be$/,
    path: /^\/([\w-]{6,})/,
    address: ([id = '']) => `https://www.youtube.com/watch?v=${id}`,
  },
  {
    player: {form: 'video', provider: 'vimeo'},
    host: /^(?:www\.|player\.)?vimeo\.com$/,
    path: /^\/(?:video\/)?(\d+)/,
    address: ([id = '']) => `https://vimeo.com/${id}`,
  },
  {
    player: {form: 'video', provider: 'dailymotion'},
    host: /^(?:www\.)?dailymotion\.com$/,
    path: /^\/(?:embed\/)?video\/(\w+)/,
    address: ([id = '']) => `https://www.dailymotion.com/video/${id}`,
  },
  {
    player: {form: 'audio', provider: 'spotify'},
    host: /^open\.spotify\.com$/,
    path: /^\/(?:embed\/)?(\w+)\/(\w+)/,
    address: ([kind = '', id = '']) => `https://open.spotify.com/${kind}/${id}`,
  },
  {
    player: {form: 'audio', provider: 'apple'},
    host: /^(?:embed\.)?podcasts\.apple\.com$/,
    path: /./,
  },
  {
    player: {form: 'audio', provider: 'soundcloud'},
    host: /^(?:w\.)?soundcloud\.com$/,
    path: /^\/./,
  },
  {
    player: {form: 'social', provider: 'x'},
    host: /^(?:www\.|mobile\.)?(?:twitter|x)\.com$/,
    path: /^\/(?:#!\/)?\w+\/status(?:es)?\/\d+/,
  },
  {
    player: {form: 'social', provider: 'bluesky'},
    host: /^bsky\.app$/,
    path: /^\/profile\/[^/]+\/post\//,
  },
  {
    player: {form: 'social', provider: 'facebook'},
    host: /^(?:www\.|m\.)?facebook\.com$/,
    path: /\/(?:posts|photos|videos|permalink\.php|story\.php)/,
  },
  {
    player: {form: 'social', provider: 'instagram'},
    host: /^(?:www\.)?instagram\.com$/,
    path: /^\/(?:[\w.]+\/)?(?:p|reel|tv)\//,
  },
  {
    player: {form: 'social', provider: 'reddit'},
    host: /^(?:www\.|old\.)?reddit\.com$/,
    path: /^\/r\/\w+\/comments\//,
  },
  {
    player: {form: 'social', provider: 'threads'},
    host: /^(?:www\.)?threads\.(?:net|com)$/,
    path: /^\/@[^/]+\/post\//,
  },
  {
    player: {form: 'social', provider: 'tiktok'},
    host: /^(?:www\.)?tiktok\.com$/,
    path: /^\/@[^/]+\/video\/\d+/,
  },
]

/** Undefined when the address is not one of a known recording or post. */
export function embedOf(address: string): Embed | undefined {
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const path = url.pathname + url.search
  for (const {player, host, path: pattern, address: make} of PROVIDERS) {
    const found = host.test(url.hostname) ? pattern.exec(path) : null
    if (found) return {...player, url: make ? make(found.slice(1)) : url.href}
  }
  return undefined
}

/** Classes by which sites mark a post whose words they print: the last link in it leads to it. */
export const POST_CLASSES: ReadonlySet<string> = new Set([
  'twitter-tweet',
  'twitter-video',
  'instagram-media',
  'tiktok-embed',
  'fb-post',
  'reddit-embed-bq',
  'reddit-card',
  'bluesky-embed',
  'text-post-media',
])
