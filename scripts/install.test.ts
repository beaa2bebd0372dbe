/** What runs before every npm command, in real folders with the real npm and packages of no registry. */
import {execFile} from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {afterEach, beforeEach, expect, test} from 'vitest'

const run = promisify(execFile)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copydesk-install-'))
})

afterEach(() => {
  rmSync(folder, {recursive: true, force: true})
})

const writeJson = (path: string, value: unknown): void =>
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)

/** A checkout with one workspace package, and a lockfile that npm wrote. */
const checkout = async (name: string): Promise<string> => {
  const root = join(folder, name)
  mkdirSync(join(root, 'packages', 'one'), {recursive: true})
  mkdirSync(join(root, 'scripts'))
  cpSync(join(import.meta.dirname, 'install.mjs'), join(root, 'scripts', 'install.mjs'))
  writeJson(join(root, 'package.json'), {name, private: true, workspaces: ['packages/*']})
  writeJson(join(root, 'packages', 'one', 'package.json'), {name: 'one', version: '1.0.0'})
  await run('npm', ['install', '--package-lock-only', '--offline', '--no-audit'], {
    cwd: root,
    shell: process.platform === 'win32',
  })
  return root
}

/** As after a pull: the package and the lockfile have another version. */
const pull = (root: string): void => {
  for (const file of ['package-lock.json', 'packages/one/package.json']) {
    const path = join(root, file)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"1.0.0"', '"2.0.0"'))
  }
}

const install = async (root: string): Promise<{code: number; out: string}> => {
  const argv = [join(root, 'scripts', 'install.mjs')]
  try {
    const {stderr} = await run(process.execPath, argv, {cwd: root})
    return {code: 0, out: stderr}
  } catch (error) {
    const {code, stderr} = Object(error)
    return {code, out: stderr}
  }
}

/** Something that npm ci would remove. */
const keepsake = (root: string): string => join(root, 'node_modules', 'keepsake')

test('installs the packages in the lockfile once, independent of file times', async () => {
  const root = await checkout('fresh')
  expect(await install(root)).toMatchObject({code: 0, out: expect.stringContaining('Installing')})
  expect(existsSync(join(root, 'node_modules', 'one', 'package.json'))).toBe(true)
  writeFileSync(keepsake(root), '')
  const later = new Date(Date.now() + 3_600_000)
  utimesSync(join(root, 'package-lock.json'), later, later)
  expect(await install(root)).toEqual({code: 0, out: ''})
  expect(existsSync(keepsake(root))).toBe(true)
}, 60_000)

test('installs again when the lockfile says something else, however old it is', async () => {
  const root = await checkout('pulled')
  await install(root)
  writeFileSync(keepsake(root), '')
  pull(root)
  const long = new Date(0)
  utimesSync(join(root, 'package-lock.json'), long, long)
  expect(await install(root)).toMatchObject({code: 0, out: expect.stringContaining('Installing')})
  expect(existsSync(keepsake(root))).toBe(false)
  expect(await install(root)).toEqual({code: 0, out: ''})
}, 60_000)

test('installs again after npm was interrupted and left no valid list', async () => {
  const root = await checkout('interrupted')
  await install(root)
  const list = join(root, 'node_modules', '.package-lock.json')
  writeFileSync(list, readFileSync(list, 'utf8').slice(0, 40))
  expect(await install(root)).toMatchObject({code: 0, out: expect.stringContaining('Installing')})
  expect(await install(root)).toEqual({code: 0, out: ''})
}, 60_000)

test('leaves another checkout’s packages alone when node_modules is a link to them', async () => {
  const owner = await checkout('owner')
  await install(owner)
  writeFileSync(keepsake(owner), '')
  const other = await checkout('other')
  pull(other)
  symlinkSync(join(owner, 'node_modules'), join(other, 'node_modules'), 'junction')
  expect(await install(other)).toEqual({
    code: 1,
    out: expect.stringMatching(/other.node_modules is a link to .*owner[\s\S]*Remove the link/),
  })
  expect(existsSync(keepsake(owner))).toBe(true)
}, 60_000)
