import {spawnSync} from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

import {describe, expect, it} from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/**
 * What each room may import, by package name or by room; the same table as in ARCHITECTURE.md.
 * Tests may import anything.
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
    (file) => !/\.(test|generated)\.tsx?$|\/test(ing|[A-Z]\w*)\.ts$/.test(file),
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

  it('reports a forbidden import', () => {
    expect(strangers('scripts/command/progressBar.ts', [/^zod$/])).toEqual([
      'scripts/command/progressBar.ts imports node:tty',
    ])
  })
})

/** Rooms in an order in which each may import itself and those before it. */
const inOrder = (...rooms: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(rooms.map((room, index) => [room, rooms.slice(0, index + 1)]))

/**
 * Which rooms each room of a package may import. oxlint holds it (`no-restricted-imports` in
 * .oxlintrc.json); this says the same once more, so that a rule which forbids nothing is noticed.
 */
const ROOMS_INSIDE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'packages/groq/src': inOrder(
    'core',
    'source',
    'execution',
    'values',
    'geometry',
    'text',
    'functions',
    'parse',
    'plan',
    'compile',
    'query',
    'analysis',
    'sourceMap',
    'api',
  ),
}

/** No room imports these: they are for other packages and for tests. */
const OUTERMOST = ['engine', 'testing', 'spec']

interface LintReport {
  readonly number_of_files: number
  readonly diagnostics: readonly {
    readonly code: string
    readonly message: string
    readonly filename: string
  }[]
}

const lint = (folder: string, paths: readonly string[]): LintReport => {
  const program = join(root, 'node_modules/oxlint/bin/oxlint')
  const {stdout} = spawnSync(process.execPath, [program, '--format', 'json', ...paths], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout)
}

const forbiddenImports = ({diagnostics}: LintReport): string[] =>
  diagnostics
    .filter(({code}) => code.includes('no-restricted-imports'))
    .map(({filename, message}) => `${filename}: ${/'([^']+)'/.exec(message)?.[1]}`)
    .toSorted()

describe.each(Object.entries(ROOMS_INSIDE))('the rooms of %s', (source, rooms) => {
  it('import only what they may', () => {
    const report = lint(root, [source])
    expect(forbiddenImports(report)).toEqual([])
    // oxlint says nothing about files that it does not read.
    const {stdout} = spawnSync('git', ['ls-files', '-co', '--exclude-standard', source], {
      cwd: root,
      encoding: 'utf8',
    })
    const listed = stdout
      .split('\n')
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.generated.ts'))
      .filter((file) => existsSync(join(root, file)))
    expect(report.number_of_files).toBe(listed.length)
  })

  it('are all in the table', () => {
    const found = new Set(
      globSync(`${source}/*/**/*.ts`, {cwd: root}).map(
        (file) => relative(source, file).split('/')[0] ?? '',
      ),
    )
    for (const room of OUTERMOST) found.delete(room)
    expect([...found].toSorted()).toEqual(Object.keys(rooms).toSorted())
  })

  it('would be stopped from importing any other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'copydesk-rooms-'))
    try {
      copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
      const everything = [...Object.keys(rooms), ...OUTERMOST].map((room) => `${room}/planted.ts`)
      const expected = Object.entries(rooms).flatMap(([room, allowed]) => {
        const file = `${source}/${room}/planted.ts`
        const targets = [...everything, 'index.ts']
        mkdirSync(dirname(join(folder, file)), {recursive: true})
        const lines = targets.map((target) => `export type * from '../${target}'\n`)
        writeFileSync(join(folder, file), lines.join(''))
        return targets
          .filter((target) => !allowed.includes(dirname(target)))
          .map((target) => `${file}: ../${target}`)
      })
      expect(forbiddenImports(lint(folder, ['packages']))).toEqual(expected.toSorted())
    } finally {
      rmSync(folder, {recursive: true})
    }
  })
})
