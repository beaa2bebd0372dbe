/** Reads for `npm start` which preview site the Studio may show. */
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseEnv} from 'node:util'

import {root} from './localStudio.ts'

/** The variable with the address of the preview site; `sanity.config.ts` reads it too. */
const PREVIEW_VARIABLE = 'SANITY_STUDIO_PREVIEW_URL'

/** All variables about the preview site that a built Studio depends on. */
export const PREVIEW_VARIABLES = [PREVIEW_VARIABLE, 'SANITY_STUDIO_PREVIEW_ENABLE']

/**
 * The files in which Sanity's build looks for variables that the environment lacks; later files
 * win.
 */
const FILES = ['.env', '.env.local', '.env.production', '.env.production.local']

/** The origin of the site that the built Studio shows in a frame; empty without one. */
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
