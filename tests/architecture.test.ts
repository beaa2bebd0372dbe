/** The pictures and walks in the documentation name files, rooms and pages that exist. */
import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'

import {expect, test} from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const tracked = execFileSync('git', ['ls-files', '-z'], {cwd: root, encoding: 'utf8'}).split('\0')

/**
 * The files that a page names in backticks. A name that is not a path from the root belongs to the
 * folder of the path before it on the line.
 */
const filesNamedIn = (page: string): string[] =>
  page.split('\n').flatMap((line) => {
    let folder = ''
    return [...line.matchAll(/`([\w./-]+\.\w+)`/g)].flatMap(([, name = '']) => {
      if (!/\.(?:ts|tsx|mjs|json|md)$/.test(name)) return []
      if (existsSync(join(root, name.split('/')[0] ?? ''))) {
        folder = dirname(name)
        return [name]
      }
      return [`${folder}/${name}`]
    })
  })

const missing = (files: readonly string[]): string[] =>
  files.filter((file) => !existsSync(join(root, file)))

test('every file named in ARCHITECTURE.md exists', () => {
  const files = filesNamedIn(read('ARCHITECTURE.md'))
  expect(files.length).toBeGreaterThan(50)
  expect(missing(files)).toEqual([])
})

test('a file that does not exist is found', () => {
  const page = '`seed/importStories.ts` calls `prepareImport.ts` and `gone.ts`'
  expect(missing(filesNamedIn(page))).toEqual(['seed/gone.ts'])
})

test.each(['groq', 'lake'])('every room of packages/%s is in ARCHITECTURE.md', (name) => {
  const [, after = ''] = read('ARCHITECTURE.md').split(`## Inside \`packages/${name}\``)
  const [picture = ''] = after.split('\n## ')
  const rooms = readdirSync(join(root, 'packages', name, 'src'), {withFileTypes: true})
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  expect(rooms.length).toBeGreaterThan(10)
  expect(rooms.filter((room) => !picture.includes(`${room}/`))).toEqual([])
})

test('every relative link in a page leads to a file or folder', () => {
  const links = tracked
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => ({
        file,
        target: join(dirname(file), target),
      })),
    )
  expect(links.length).toBeGreaterThan(30)
  expect(links.filter(({target}) => !existsSync(join(root, target)))).toEqual([])
})

/** Whether a comment for the file as a whole stands among its imports, where sorting them leaves it. */
const hasHeadAmongImports = (text: string): boolean =>
  /^(?:import [^';]*'[^']*'\n)+\/\*\*[^]*?\*\/\nimport /.test(text)

test('the comment at the head of a file comes before its imports', () => {
  const files = tracked.filter((file) => /\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(700)
  expect(files.filter((file) => hasHeadAmongImports(read(file)))).toEqual([])
})

test('a comment among the imports is found', () => {
  expect(hasHeadAmongImports("import a from 'a'\n/** A head. */\nimport b from 'b'\n")).toBe(true)
  expect(
    hasHeadAmongImports("import type {A} from './a/b.ts'\n/** A head. */\nimport b from 'b'\n"),
  ).toBe(true)
  expect(hasHeadAmongImports("/** A head. */\nimport a from 'a'\n")).toBe(false)
})
