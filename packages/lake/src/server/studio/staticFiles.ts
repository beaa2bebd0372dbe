/**
 * Serves a folder of static files, such as a built Studio, at all paths outside the API. Served
 * from the API's own origin, its pages need no permission to read responses. Files outside the
 * folder are never served, not even through a symbolic link. Until the folder has an `index.html`,
 * visitors get a page that waits for it.
 */
import {createReadStream} from 'node:fs'
import {readFile, realpath, stat} from 'node:fs/promises'
import {extname, join, resolve, sep} from 'node:path'

import {methodNotAllowed, notFound} from '../../core/errors.ts'
import type {LakeRequest, LakeResponse} from '../../core/lakeRequest.ts'
import {decodeSegment} from '../../http/routing/router.ts'
import {type PolicyOptions, studioPolicy} from './studioPolicy.ts'

export const createStaticFiles = (
  dir: string,
  policy: PolicyOptions,
): ((request: LakeRequest) => Promise<LakeResponse>) => {
  const folder = resolve(dir)
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw methodNotAllowed(request.method, ['GET', 'HEAD'])
    }
    const path = join(folder, decodeSegment(request.path))
    if (path.startsWith(folder + sep) && !path.includes('\0')) {
      const file = await fileIn(folder, path)
      if (file !== null) return fileResponse(request, file, policy)
    }
    // Other addresses are routes inside the Studio's single page.
    if (!(request.header('accept') ?? '').includes('text/html')) {
      throw notFound(`There is no ${request.path}.`)
    }
    const index = await fileIn(folder, join(folder, 'index.html'))
    return index === null ? WAITING_PAGE : fileResponse(request, index, policy)
  }
}

interface StaticFile {
  readonly path: string
  readonly size: number
  readonly modified: Date
}

/** The file at a path; null if there is none, or a symbolic link leads out of the folder. */
const fileIn = async (folder: string, path: string): Promise<StaticFile | null> => {
  try {
    // The folder itself may be a link, and may be replaced while the lake runs.
    const [home, real] = await Promise.all([realpath(folder), realpath(path)])
    if (!real.startsWith(home + sep)) return null
    const found = await stat(real)
    return found.isFile() ? {path: real, size: found.size, modified: found.mtime} : null
  } catch {
    return null
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
}

/** A build puts a hash of the content into these names, so these files never change. */
const HASHED_NAME = /-[\w-]{8}\.\w+$/

const fileResponse = async (
  request: LakeRequest,
  file: StaticFile,
  policy: PolicyOptions,
): Promise<LakeResponse> => {
  const type = TYPES[extname(file.path).toLowerCase()] ?? 'application/octet-stream'
  const html = type === TYPES['.html'] ? await readFile(file.path, 'utf8') : null
  const etag = `"${file.size.toString(36)}-${file.modified.getTime().toString(36)}"`
  const headers = {
    etag,
    'cache-control': HASHED_NAME.test(file.path)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(html !== null && {
      'content-security-policy': studioPolicy(html, request.header('host'), policy),
      // Other sites see which lake a link came from, but not which document.
      'referrer-policy': 'strict-origin-when-cross-origin',
    }),
  }
  if (request.header('if-none-match') === etag) return {status: 304, headers, body: null}
  return {
    status: 200,
    headers: {...headers, 'content-type': type, ...(html === null && lengthOf(file))},
    body: request.method === 'HEAD' ? null : (html ?? createReadStream(file.path)),
  }
}

const lengthOf = ({size}: StaticFile): Record<string, string> => ({
  'content-length': String(size),
})

const WAITING_PAGE: LakeResponse = {
  status: 503,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '2',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  },
  body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>The Studio is being built</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto; padding: 0 1rem }
  @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }
</style>
<main>
<h1>The Studio is being built</h1>
<p role="status">This page opens it when it is ready, usually within a minute.
The API is ready now.</p>
</main>
</html>
`,
}
