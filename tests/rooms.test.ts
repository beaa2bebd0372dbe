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
    'fast',
    'compile',
    'query',
    'analysis',
    'sourceMap',
    'api',
  ),
  'packages/lake/src': inOrder(
    'core',
    'access',
    'assets',
    'store',
    'query',
    'stream',
    'write',
    'writer',
    'datasets',
    'hooks',
    'http',
    'open',
    'server',
    'cli',
  ),
}

/** No room imports these: they are for other packages and for tests. */
const OUTERMOST: Readonly<Record<string, readonly string[]>> = {
  'packages/groq/src': ['engine', 'testing', 'spec'],
  'packages/lake/src': ['testing'],
}

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

/**
 * The packages and rooms that each room of the repository may import; the same table as in
 * ARCHITECTURE.md. Relative imports of other rooms are planted to see that oxlint reports them.
 */
const ROOMS: Readonly<
  Record<string, {readonly packages: readonly string[]; readonly rooms: readonly string[]}>
> = {
  schemas: {packages: ['sanity', '@sanity/icons/Edit', '@sindresorhus/slugify'], rooms: []},
  studio: {
    packages: [
      'sanity',
      'sanity/structure',
      '@sanity/ui',
      'react',
      'react/jsx-runtime',
      'react-dom',
      'styled-components',
      'groq-js',
      '@portabletext/editor/plugins',
    ],
    rooms: ['schemas', 'front'],
  },
  seed: {
    packages: [
      'node:fs',
      'node:fs/promises',
      'zod',
      '@sanity/client',
      '@sindresorhus/slugify',
      'entities',
      'temporal-polyfill',
    ],
    rooms: [],
  },
  archive: {
    packages: [
      'node:fs',
      'node:fs/promises',
      'zod',
      '@sanity/client',
      'entities',
      'parse5',
      'saxes',
      'tar-stream',
      'temporal-polyfill',
    ],
    rooms: ['seed'],
  },
  front: {packages: ['groq', '@portabletext/to-html', '@sanity/image-url'], rooms: []},
  'front/react': {packages: ['react', 'react/jsx-runtime', '@portabletext/react'], rooms: []},
  site: {
    packages: [
      'node:fs',
      'hono',
      'hono/html',
      '@hono/node-server',
      '@sanity/client',
      '@sanity/preview-url-secret',
      '@sanity/visual-editing-standalone',
      '@sanity/webhook',
      'temporal-polyfill',
    ],
    rooms: ['front'],
  },
  demo: {packages: ['node:fs', '@sanity/client', 'sharp'], rooms: ['seed']},
  'packages/groq/src': {packages: ['node:fs', 'groq-js', 'jsts', 'jsts/org/x.js'], rooms: []},
  'packages/lake/src': {
    packages: [
      'node:fs',
      '@copydesk/groq/engine',
      '@copydesk/groq/testing',
      ...dependenciesOf('lake').filter((name) => name !== '@copydesk/groq'),
    ],
    rooms: [],
  },
}

/** Packages that every room but those above must not import. */
const STRANGERS = ['lodash', 'fs', 'sanity', 'react', 'zod', '@copydesk/groq', '@copydesk/lake']

function dependenciesOf(name: string): readonly string[] {
  const manifest: {dependencies: Record<string, string>} = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  )
  return Object.keys(manifest.dependencies)
}

/** The files that git lists below a folder, and oxlint should read. */
const listed = (folder: string): readonly string[] => {
  const {stdout} = spawnSync('git', ['ls-files', '-co', '--exclude-standard', folder], {
    cwd: root,
    encoding: 'utf8',
  })
  return stdout
    .split('\n')
    .filter((file) => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(file) && !file.endsWith('.generated.ts'))
    .filter((file) => existsSync(join(root, file)))
}

/**
 * Runs oxlint once, with this repository's rules, on planted files that import these targets.
 * @returns The forbidden imports.
 */
const planted = (files: Readonly<Record<string, readonly string[]>>): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-rooms-'))
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
    for (const [file, targets] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), {recursive: true})
      const lines = targets.map((target) => `export type * from '${target}'\n`)
      writeFileSync(join(folder, file), lines.join(''))
    }
    return forbiddenImports(lint(folder, ['.']))
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** What a room may import, and a sample of what it must not. */
const importsOf = (room: string): Readonly<Record<'allowed' | 'forbidden', readonly string[]>> => {
  const {packages = [], rooms = []} = ROOMS[room] ?? {}
  const [top = ''] = room.split('/')
  const up = '../'.repeat(room.split('/').length)
  const others = [
    'schemas',
    'studio',
    'seed',
    'archive',
    'front',
    'site',
    'demo',
    'scripts',
    'tests',
    'bench',
    'deploy',
    'examples',
  ]
    .filter((other) => other !== top)
    .map((other) => `${up}${other}/planted.ts`)
  const allowed = [...packages, './beside.ts', ...rooms.map((name) => `${up}${name}/planted.ts`)]
  return {allowed, forbidden: [...STRANGERS, ...others].filter((it) => !allowed.includes(it))}
}

describe('the rooms', () => {
  it('import only what ARCHITECTURE.md allows', () => {
    // A room inside another is read with it.
    const rooms = Object.keys(ROOMS).filter((room) => !(dirname(room) in ROOMS))
    const report = lint(root, rooms)
    expect(forbiddenImports(report)).toEqual([])
    // oxlint says nothing about files that it does not read.
    const counts = rooms.map((room) => listed(room).length)
    expect(Math.min(...counts)).toBeGreaterThan(0)
    expect(report.number_of_files).toBe(counts.reduce((sum, count) => sum + count))
  })

  it('cannot import anything else', () => {
    const rooms = Object.keys(ROOMS).map((room) => ({room, ...importsOf(room)}))
    const files = rooms.map(({room, allowed, forbidden}) => [
      `${room}/planted.ts`,
      [...allowed, ...forbidden],
    ])
    const expected = rooms.flatMap(({room, forbidden}) =>
      forbidden.map((target) => `${room}/planted.ts: ${target}`),
    )
    expect(planted(Object.fromEntries(files))).toEqual(expected.toSorted())
  })

  it('of the seed may import generated files of the schemas', () => {
    expect(planted({'seed/planted.ts': ['../schemas/schema.generated.json']})).toEqual([])
  })
})

describe.each(Object.entries(ROOMS_INSIDE))('the rooms of %s', (source, rooms) => {
  it('are all in the table', () => {
    const found = new Set(
      globSync(`${source}/*/**/*.ts`, {cwd: root}).map(
        (file) => relative(source, file).split('/')[0] ?? '',
      ),
    )
    for (const room of OUTERMOST[source] ?? []) found.delete(room)
    expect([...found].toSorted()).toEqual(Object.keys(rooms).toSorted())
  })

  it('would be stopped from importing any other', () => {
    const everything = [...Object.keys(rooms), ...(OUTERMOST[source] ?? [])].map(
      (room) => `${room}/planted.ts`,
    )
    const targets = [...everything, 'index.ts'].map((target) => `../${target}`)
    const files = Object.keys(rooms).map((room) => [`${source}/${room}/planted.ts`, targets])
    const expected = Object.entries(rooms).flatMap(([room, allowed]) =>
      targets
        .filter((target) => !allowed.includes(dirname(target).slice('../'.length)))
        .map((target) => `${source}/${room}/planted.ts: ${target}`),
    )
    expect(planted(Object.fromEntries(files))).toEqual(expected.toSorted())
  })
})
