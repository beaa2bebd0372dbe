import {type ChildProcess, execFile, spawn} from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {promisify} from 'node:util'

import {afterAll, beforeAll, describe, expect, test} from 'vitest'

/**
 * What a project finds that installs the package: the tarball of `npm pack` below node_modules,
 * where Node strips no types, and beside it the dependencies that its manifest names.
 */
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'lake-pack-'))
const project = join(folder, 'project')
const installed = join(project, 'node_modules', '@copydesk', 'lake')
const run = promisify(execFile)

const checkout = join(folder, 'checkout')

const link = (name: string): void => {
  const place = join(project, 'node_modules', name)
  mkdirSync(dirname(place), {recursive: true})
  symlinkSync(join(root, 'node_modules', name), place, 'junction')
}

let running: ChildProcess | undefined

beforeAll(async () => {
  // Packed in a copy: the manifest is another one while npm packs, and others read it here.
  cpSync(import.meta.dirname, join(checkout, 'lake'), {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist)$/.test(path),
  })
  cpSync(join(root, 'tsconfig.json'), join(checkout, 'tsconfig.json'))
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'junction')
  await run('npm', ['pack', '--pack-destination', folder], {
    cwd: join(checkout, 'lake'),
    shell: process.platform === 'win32',
  })
  mkdirSync(installed, {recursive: true})
  const [tarball = ''] = globSync('*.tgz', {cwd: folder})
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1'], {cwd: folder})
  const manifest: {dependencies: Record<string, string>} = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  )
  for (const name of Object.keys(manifest.dependencies)) link(name)
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

describe('the packed lake', () => {
  test('leaves the checkout as it was', () => {
    expect(readFileSync(join(checkout, 'lake', 'package.json'), 'utf8')).toBe(
      readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'),
    )
    expect(globSync('lake/dist', {cwd: checkout})).toEqual([])
  })

  test('holds what it needs, and neither tests nor sources', () => {
    const files = globSync('**/*', {cwd: installed})
    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']))
    expect(files.filter((file) => /test|\bsrc\b|(?<!\.d)\.ts$/i.test(file))).toEqual([])
  })

  test('serves by its own command', async () => {
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

  test('is a library, with scans on a thread of their own', async () => {
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

  test('has types that hold under strict settings', async () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import {createLake, type Lake, type Faults, startServer} from '@copydesk/lake'
       const faults: Faults = ({path}) => (path.startsWith('/data/query') ? {status: 503} : null)
       const lake: Lake = createLake({now: () => 0, faults})
       export const names: readonly string[] = lake.datasets()
       export const server = startServer({lake, port: 0})
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
})
