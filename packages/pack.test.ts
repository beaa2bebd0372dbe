/** @module-tag long */
import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {apiReport} from './apiReport.ts'
import {FOLDERS, type Name, packInCopy, PACKAGES} from './packInCopy.ts'

/**
 * What a project finds that installs the packages: the tarballs of `npm pack` below node_modules,
 * where Node strips no types, and beside them the dependencies that their manifests name.
 */
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'lake-pack-'))
const project = join(folder, 'project')
const installedAs = (name: string): string => join(project, 'node_modules', '@copydesk', name)
const installed = installedAs('lake')
const run = promisify(execFile)

const checkout = join(folder, 'checkout')

const link = (name: string): void => {
  const place = join(project, 'node_modules', name)
  mkdirSync(dirname(place), {recursive: true})
  symlinkSync(join(root, 'node_modules', name), place, 'junction')
}

/** Unpacks a package where a project finds it, with its dependencies. */
const install = async (name: Name, tarball: string): Promise<void> => {
  mkdirSync(installedAs(name), {recursive: true})
  const unpack = ['-xzf', basename(tarball), '-C', installedAs(name), '--strip-components', '1']
  await run('tar', unpack, {cwd: folder})
  const manifest: {dependencies: Record<string, string>} = JSON.parse(
    readFileSync(join(installedAs(name), 'package.json'), 'utf8'),
  )
  for (const dependency of Object.keys(manifest.dependencies)) {
    if (!dependency.startsWith('@copydesk/')) link(dependency)
  }
}

let running: ChildProcess | undefined

beforeAll(async () => {
  const tarballs = await packInCopy(PACKAGES, folder)
  for (const [index, name] of PACKAGES.entries()) await install(name, tarballs[index] ?? '')
  for (const name of ['@types/node', '@sanity/client', 'undici-types']) link(name)
  writeFileSync(join(project, 'package.json'), '{"type": "module"}')
}, 120_000)

afterAll(async () => {
  if (running?.exitCode === null) {
    const ended = new Promise((resolve) => running?.once('exit', resolve))
    running.kill('SIGTERM')
    await ended
  }
  rmSync(folder, {recursive: true, force: true})
})

describe('the packed packages', () => {
  test.each(PACKAGES)('%s leaves the checkout as it was', (name) => {
    expect(readFileSync(join(checkout, FOLDERS[name], 'package.json'), 'utf8')).toBe(
      readFileSync(join(root, FOLDERS[name], 'package.json'), 'utf8'),
    )
    expect(globSync('{packages/*,front}/dist', {cwd: checkout})).toEqual([])
  })

  test.each(PACKAGES)('%s holds what it needs, and neither tests nor sources', (name) => {
    const files = globSync('**/*', {cwd: installedAs(name)})
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']))
    expect(files.filter((file) => /\.test\.|\bsrc\b|(?<!\.d)\.ts$/i.test(file))).toEqual([])
  })

  test('GROQ answers by itself', async () => {
    writeFileSync(
      join(project, 'groq.js'),
      `import {evaluate} from '@copydesk/groq'
       const documents = [{_id: 'a', _type: 'story', n: 1}, {_id: 'b', _type: 'story', n: 2}]
       console.log(JSON.stringify(evaluate('*[n > 1]._id', {documents})))`,
    )
    const {stdout} = await run(process.execPath, ['groq.js'], {cwd: project})
    expect(stdout).toBe('["b"]\n')
  }, 60_000)

  test('front ends render stories', async () => {
    writeFileSync(
      join(project, 'render.js'),
      `import {bodyHtml} from '@copydesk/front/body'
       import {articleBySlugQuery} from '@copydesk/front/queries'
       const text = {_type: 'block', _key: 'a', children: [{_type: 'span', _key: 's', text: '1 < 2'}]}
       const context = {language: 'en', timeZone: 'UTC', imageBase: ''}
       console.log(bodyHtml([text], context), articleBySlugQuery.includes('$slug'))`,
    )
    const {stdout} = await run(process.execPath, ['render.js'], {cwd: project})
    expect(stdout).toBe('<p>1 &lt; 2</p> true\n')
  }, 60_000)

  test('the lake serves by its own command', async () => {
    const url = await new Promise<string>((resolve, reject) => {
      const command = join(installed, 'dist', 'cli', 'lake.js')
      const started = spawn(process.execPath, [command, 'start', '--port', '0'], {cwd: project})
      running = started
      let out = ''
      started.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
        const ready = /^ready (\S+)$/m.exec(out)?.[1]
        if (ready !== undefined) resolve(ready)
      })
      started.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()))
      started.once('exit', () => reject(new Error(`it ended: ${out}`)))
    })
    const response = await fetch(`${url}/v1/data/query/production?query=count(*)`)
    expect(await response.json()).toMatchObject({result: 0})
  }, 60_000)

  test('the lake is a library, with scans on a thread of their own', async () => {
    writeFileSync(
      join(project, 'use.js'),
      `import {createLake} from '@copydesk/lake'
       await using lake = createLake()
       const ask = async (path, init) => (await lake.fetch(new Request('http://localhost/v2025-02-19' + path, {
         ...init, headers: {authorization: 'Bearer ' + lake.token}}))).json()
       const mutations = Array.from({length: 3000}, (_, n) => ({create: {_type: 'x', n, t: 'word '.repeat(40)}}))
       await ask('/data/mutate/production', {method: 'POST', body: JSON.stringify({mutations})})
       const query = 'count(*[_type == "x" && string::lower(t) match "wor*" && count(string::split(t, " ")) > 30])'
       console.log((await ask('/data/query/production?query=' + encodeURIComponent(query))).result)`,
    )
    const {stdout} = await run(process.execPath, ['use.js'], {cwd: project})
    expect(stdout).toBe('3000\n')
  }, 60_000)

  test('the lake has types that hold under strict settings', async () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import {createLake, type Lake, type Faults} from '@copydesk/lake'
       import {startServer} from '@copydesk/lake/server'
       import {createTestLake} from '@copydesk/lake/testing'
       import {createClient} from '@sanity/client'
       import {articleBySlugQuery} from '@copydesk/front/queries'
       const faults: Faults = ({path}) => (path.startsWith('/data/query') ? {status: 503} : null)
       const lake: Lake = createLake({now: () => 0, faults})
       export const names: readonly string[] = lake.datasets()
       export const server = startServer({lake, port: 0})
       export const client = createClient((await createTestLake()).clientConfig)
       export const headline = client
         .fetch(articleBySlugQuery, {slug: 'a', now: ''})
         .then((story): string | undefined => story?.headline)
       // @ts-expect-error The answer's type is that of the query.
       headline.then((text): number => text)
       // @ts-expect-error What is inside a lake is no public interface.
       lake.handle
       // @ts-expect-error The clock is a function.
       createLake({now: 0})`,
    )
    const options = {
      strict: true,
      module: 'nodenext',
      lib: ['es2024', 'esnext.disposable'],
      types: ['node'],
      noEmit: true,
    }
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({compilerOptions: options, files: ['use.ts']}),
    )
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const {stdout} = await run(process.execPath, [tsc, '-p', '.'], {cwd: project})
    expect(stdout).toBe('')
  }, 60_000)

  /**
   * When a change of the interface is meant: `npx vitest run packages/pack.test.ts -u` writes api.txt
   * again. GROQ's other entry points are for the lake, and change with it.
   */
  test.each<[Name, string[]]>([
    // Without ./queries: the type of a query is its text.
    ['front', ['./addresses', './body', './formats', './page', './pictures', './react', './stega']],
    ['groq', ['.']],
    ['lake', ['.', './server', './testing']],
  ])('%s has the public interface that api.txt shows', async (name, entries) => {
    const {exports}: {exports: Record<string, {types: string}>} = JSON.parse(
      readFileSync(join(installedAs(name), 'package.json'), 'utf8'),
    )
    const {text} = apiReport(
      Object.fromEntries(
        entries.map((entry) => [entry, join(installedAs(name), exports[entry]?.types ?? '')]),
      ),
    )
    await expect(text).toMatchFileSnapshot(join(root, FOLDERS[name], 'api.txt'))
  })

  test('the lake exports every type that its exports mention', () => {
    const {hidden} = apiReport({
      '.': join(installed, 'dist', 'index.d.ts'),
      './testing': join(installed, 'dist', 'testing', 'index.d.ts'),
    })
    expect(hidden).toEqual([])
  })
})
