/**
 * The scripts of previews: Sanity's overlays as their package ships them, and ours. Readers never
 * load them.
 */
import {createHash} from 'node:crypto'
import {readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

import {type Page, pageOf} from '../http/page.ts'

const FOLDER = '/api/preview/files'
const OVERLAYS = '@sanity/visual-editing-standalone'

/**
 * Where browsers find what the scripts import. The package imports its style sheet by name; the
 * script in its place is empty, because the overlays bring their styles themselves.
 */
const IMPORT_MAP = JSON.stringify({
  imports: {
    [OVERLAYS]: `${FOLDER}/index.js`,
    [`${OVERLAYS}/style.css`]: `${FOLDER}/style-css.js`,
  },
})

/** The elements that load the scripts. */
export const PREVIEW_SCRIPTS = `<script type="importmap">${IMPORT_MAP}</script>
<script type="module" src="${FOLDER}/main.js"></script>`

/** The source of the import map for the content security policy. */
export const IMPORT_MAP_HASH = `'sha256-${createHash('sha256').update(IMPORT_MAP).digest('base64')}'`

const folders = (): readonly string[] => [
  join(import.meta.dirname, 'browser'),
  dirname(fileURLToPath(import.meta.resolve(OVERLAYS))),
]

/** The scripts by path; each is read when it is first asked for. */
export const openPreviewFiles = (): ((path: string) => Page | undefined) => {
  const files = new Map(
    folders().flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.js'))
        .map((name): [string, string] => [`${FOLDER}/${name}`, join(folder, name)]),
    ),
  )
  const read = new Map<string, Page>()
  return (path) => {
    const file = files.get(path)
    if (file === undefined) return undefined
    const page =
      read.get(path) ??
      pageOf({
        headers: {'content-type': 'text/javascript; charset=utf-8'},
        body: readFileSync(file, 'utf8'),
      })
    read.set(path, page)
    return page
  }
}
