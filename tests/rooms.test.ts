import {globSync, readFileSync} from 'node:fs'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {describe, expect, it} from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * What each room may import, by package name or by room; the same table as in ARCHITECTURE.md.
 * Tests are free: they are where rooms meet.
 */
const ROOMS: Readonly<Record<string, readonly RegExp[]>> = {
  schemas: [/^sanity$/, /^@sanity\/icons\//, /^room:schemas$/],
  studio: [
    /^sanity($|\/)/,
    /^@sanity\//,
    /^react/,
    /^styled-components$/,
    /^groq$/,
    /^@portabletext\/(react$|editor\/)/,
    /^room:(studio|schemas|queries)$/,
  ],
  seed: [
    /^node:/,
    /^zod$/,
    /^@sanity\/client$/,
    /^@sindresorhus\/slugify$/,
    /^entities$/,
    /^temporal-polyfill$/,
    /^room:seed$/,
    /^generated:(schemas|queries)$/,
  ],
  queries: [/^groq$/, /^room:queries$/],
  'packages/groq': [/^node:/, /^room:packages\/groq$/, dependenciesOf('groq')],
  'packages/lake': [
    /^node:/,
    /^room:packages\/lake$/,
    /^@copydesk\/groq\/(engine|testing)$/,
    dependenciesOf('lake'),
  ],
}

function dependenciesOf(name: string): RegExp {
  const manifest: {dependencies: Record<string, string>} = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  )
  const names = Object.keys(manifest.dependencies)
    .filter((dependency) => !dependency.startsWith('@copydesk/'))
    .map((dependency) => dependency.replaceAll('/', '\\/'))
  return new RegExp(`^(${names.join('|')})($|/)`)
}

/** `import … from`, `export … from`, `import '…'` and `import('…')`. */
const IMPORT =
  /^(?:import\s+|(?:import|export)\b[^'();=]*\bfrom\s+)'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].flatMap(([, statement, call]) => {
    const target = statement ?? call
    return target === undefined ? [] : [named(file, target)]
  })

const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/')
  return first === 'packages' ? `${first}/${second}` : first
}

/** A relative import as `room:<name>`, generated files as `generated:<name>`, a package as itself. */
const named = (file: string, target: string): string => {
  if (!target.startsWith('.')) return target
  const sort = /\.generated\.\w+$/.test(target) ? 'generated' : 'room'
  return `${sort}:${roomOf(relative(root, join(root, dirname(file), target)))}`
}

const sourcesOf = (room: string): string[] =>
  globSync(`${room}/**/*.{ts,tsx}`, {cwd: root, exclude: ['**/node_modules/**']}).filter(
    (file) => !/\.(test|generated)\.tsx?$|\/testing\.ts$/.test(file),
  )

const strangers = (file: string, allowed: readonly RegExp[]): string[] =>
  importsOf(file)
    .filter((target) => !allowed.some((rule) => rule.test(target)))
    .map((target) => `${file} imports ${target}`)

describe('the rooms import only what ARCHITECTURE.md allows', () => {
  it.each(Object.entries(ROOMS))('%s', (room, allowed) => {
    const files = sourcesOf(room)
    expect(files.length).toBeGreaterThan(0)
    expect(files.flatMap((file) => strangers(file, allowed))).toEqual([])
  })

  it('would notice a stranger', () => {
    expect(strangers('scripts/command/progressBar.ts', [/^zod$/])).toEqual([
      'scripts/command/progressBar.ts imports node:tty',
    ])
  })
})
