import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseEnv} from 'node:util'

import {root} from './localStudio.ts'

/** The variable that names the site to preview in; `sanity.config.ts` reads it too. */
export const PREVIEW_VARIABLE = 'SANITY_STUDIO_PREVIEW_URL'

/** Where Sanity's build looks for what the environment does not say: the last one counts. */
const FILES = ['.env', '.env.local', '.env.production', '.env.production.local']

/** The origin of the site that the built Studio shows in a frame; none when there is no such site. */
export const previewOrigins = (): string[] => {
  const site = process.env[PREVIEW_VARIABLE] ?? FILES.map(valueIn).findLast(Boolean)
  const url = URL.parse(site ?? '')
  return url === null || url.origin === 'null' ? [] : [url.origin]
}

const valueIn = (file: string): string | undefined => {
  try {
    return parseEnv(readFileSync(join(root, file), 'utf8'))[PREVIEW_VARIABLE]
  } catch {
    return undefined
  }
}
