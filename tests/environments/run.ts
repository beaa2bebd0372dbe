/**
 * Installs the packages from their tarballs in empty projects and uses them where users are: under
 * several versions of Node, in test runners and their environments, with older clients. Not part of
 * `npm test`, because it installs from the registry.
 *
 *   node tests/environments/run.ts              everything; some minutes
 *   node tests/environments/run.ts packages node    these parts
 *
 * packages/lake/README.md has the result.
 */
import {execFile} from 'node:child_process'
import {cpSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'

import {packInCopy, PACKAGES} from '../../packages/packInCopy.ts'

const run = promisify(execFile)
const programs = join(import.meta.dirname, 'programs')
const folder = mkdtempSync(join(tmpdir(), 'copydesk-environments-'))
const isWindows = process.platform === 'win32'
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

/** An empty project with these packages and the programs. */
const project = async (name: string, packages: readonly string[]): Promise<string> => {
  const place = join(folder, name)
  cpSync(programs, place, {recursive: true})
  writeFileSync(join(place, 'package.json'), '{"type": "module"}')
  const argv = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages]
  await run('npm', argv, {cwd: place, shell: isWindows, maxBuffer: 1e8})
  return place
}

const WORKS = /^works$/m
/** What a version of Node says that cannot run the lake. */
const TOO_OLD = /This is Node [\d.]+; @copydesk\/lake needs/

const failures: string[] = []

/** Runs a program, and says whether it did what is expected of it. */
const check = async (
  label: string,
  cwd: string,
  [file = '', ...argv]: readonly string[],
  expected = /./,
): Promise<void> => {
  const {code, out} = await run(file, argv, {cwd, maxBuffer: 1e8, timeout: 300_000}).then(
    ({stdout, stderr}) => ({code: 0, out: stdout + stderr}),
    (error: unknown) => {
      const {code, stdout, stderr} = Object(error)
      return {code: code ?? 1, out: `${stdout}${stderr}`}
    },
  )
  const isFine = expected.test(out) && (code === 0) === (expected !== TOO_OLD)
  say(`${isFine ? 'ok    ' : 'FAILED'} ${label}`)
  if (isFine) return
  failures.push(label)
  say(out.split('\n').slice(-40).join('\n'))
}

const node = process.execPath
const bin = (place: string, name: string, file: string): string =>
  join(place, 'node_modules', name, file)

type Part = (tarballs: readonly string[]) => Promise<void>

const parts: Readonly<Record<string, Part>> = {
  packages: async (tarballs) => {
    const place = await project('checkers', ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5'])
    for (const tarball of tarballs) {
      const name = tarball.replace(/.*copydesk-(\w+)-.*/, '$1')
      const publint = bin(place, 'publint', 'src/cli.js')
      await check(`publint: ${name}`, place, [node, publint, tarball, '--strict'])
      const attw = bin(place, '@arethetypeswrong/cli', 'dist/index.js')
      await check(`types: ${name}`, place, [node, attw, tarball, '--profile', 'esm-only'])
    }
  },

  node: async (tarballs) => {
    const place = await project('node', tarballs)
    for (const version of ['22.16.0', '22.23.3', '24.0.0', '24.21.0']) {
      const old = bin(await project(`node-${version}`, [`node@${version}`]), 'node', 'bin/node')
      await check(`library on Node ${version}`, place, [old, 'use.mjs'], WORKS)
      const lake = bin(place, '@copydesk/lake', 'dist/cli/lake.js')
      await check(`command on Node ${version}`, place, [old, lake, '--help'], /lake COMMAND/)
    }
    for (const version of ['20.20.2', '22.13.0']) {
      const old = bin(await project(`node-${version}`, [`node@${version}`]), 'node', 'bin/node')
      await check(`message on Node ${version}`, place, [old, 'use.mjs'], TOO_OLD)
    }
  },

  vitest: async (tarballs) => {
    const runners = ['vitest@5.1.1', 'jsdom@29.1.1', 'happy-dom@21.0.4', '@sanity/client@8.15.0']
    const place = await project('vitest', [...runners, ...tarballs])
    for (const environment of ['node', 'jsdom', 'happy-dom']) {
      const vitest = [node, bin(place, 'vitest', 'vitest.mjs'), 'run', 'vitest.test.mjs']
      await check(`Vitest, ${environment}`, place, [...vitest, '--environment', environment])
    }
  },

  jest: async (tarballs) => {
    const place = await project('jest', ['jest@30', '@sanity/client@8.15.0', ...tarballs])
    const jest = [node, '--experimental-vm-modules', bin(place, 'jest', 'bin/jest.js')]
    for (const [label, file] of [
      ['ES modules', '**/jest.test.mjs'],
      ['CommonJS', '**/jest.test.cjs'],
    ]) {
      await check(`Jest, ${label}`, place, [...jest, '--testMatch', file ?? ''])
    }
  },

  client: async (tarballs) => {
    for (const version of ['6.29.1', '7.28.0', '8.15.0']) {
      const place = await project(`client-${version}`, [`@sanity/client@${version}`, ...tarballs])
      await check(`@sanity/client ${version}`, place, [node, 'client.mjs'], WORKS)
    }
  },
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)
try {
  const tarballs = await packInCopy(PACKAGES, folder)
  for (const name of wanted) {
    const part = parts[name]
    if (part === undefined) throw new Error(`Parts are: ${Object.keys(parts).join(', ')}.`)
    await part(tarballs)
  }
} finally {
  rmSync(folder, {recursive: true, force: true})
}
say(`${failures.length === 0 ? 'All' : 'Not all'} environments work.`)
process.exitCode = failures.length === 0 ? 0 : 1
