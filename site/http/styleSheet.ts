/** The one style sheet. Its address changes with its content, so browsers keep it for ever. */
import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'

import {type Page, pageOf} from './page.ts'

export interface StyleSheet {
  readonly path: string
  readonly page: Page
}

/** Reads the style sheet from disk, once. */
export const readStyleSheet = (): StyleSheet => {
  const body = readFileSync(new URL('../style/site.css', import.meta.url), 'utf8')
  const name = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  const headers = {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  }
  return {path: `/assets/site.${name}.css`, page: pageOf({headers, body})}
}
