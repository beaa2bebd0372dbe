/**
 * The image is not built here, so this follows the Dockerfile: what it copies is there, and the programs
 * that containers start find all they import in those copies.
 */
import {execFile} from 'node:child_process'
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, expect, test} from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, 'deploy', file), 'utf8')

/** Sources and destination of each COPY line. */
const COPIES = [...read('Dockerfile').matchAll(/^COPY (.+) (\S+)$/gm)].map(
  ([, sources = '', destination = '']) => ({sources: sources.split(' '), destination}),
)

const image = mkdtempSync(join(tmpdir(), 'copydesk-image-'))
beforeAll(() => {
  for (const {sources, destination} of COPIES) {
    const isFolder = destination.endsWith('/')
    for (const source of sources) {
      const place = join(image, destination, isFolder ? basename(source) : '')
      cpSync(join(root, source), place, {
        recursive: true,
        filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path),
      })
    }
  }
  symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'), 'junction')
})
afterAll(() => rmSync(image, {recursive: true, force: true}))

test('copies what is there', () => {
  expect(COPIES.length).toBeGreaterThan(10)
  const sources = COPIES.flatMap((copy) => copy.sources)
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([])
})

test.each([
  'packages/lake/src/cli/lake.ts',
  'scripts/import.ts',
  'scripts/query.ts',
  'scripts/seed.ts',
])('%s finds its imports in the image', {tags: 'long'}, async (program) => {
  const {stdout} = await promisify(execFile)(process.execPath, [program, '--help'], {cwd: image})
  expect(stdout).toContain('--help')
})

test('the site finds its imports in the image', {tags: 'long'}, async () => {
  // It cannot listen there, and says so once it is loaded.
  const env = {...process.env, SITE_HOST: '192.0.2.1'}
  const run = promisify(execFile)(process.execPath, ['site/server.ts'], {cwd: image, env})
  await expect(run).rejects.toThrow('The site cannot listen on 192.0.2.1')
})

test('settings that units and containers use have a line in copydesk.env', () => {
  const units = ['lake', 'site'].map((name) => read(`systemd/copydesk-${name}.service`)).join('\n')
  const used = [...units.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
  const program = readFileSync(join(root, 'site', 'server.ts'), 'utf8')
  used.push(...Array.from(program.matchAll(/'(S\w+_\w+)'/g), ([, name = '']) => name))
  const settings = read('copydesk.env')
  // These two have a value that fits.
  const rest = new Set(['SANITY_PROJECT_ID', 'SANITY_DATASET'])
  const missing = used.filter((name) => !rest.has(name) && !settings.includes(`\n${name}=`))
  expect(used).toContain('SITE_PORT')
  expect(missing).toEqual([])
})
