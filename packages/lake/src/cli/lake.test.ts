import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {openShell, type Shell} from './testShell.ts'

let shell: Shell
let folder: string
beforeEach(() => {
  shell = openShell()
  folder = shell.folder
})
afterEach(() => shell.close())

const lake: Shell['lake'] = (...argv) => shell.lake(...argv)
const start: Shell['start'] = (...argv) => shell.start(...argv)

const DOCUMENTS = [
  {_id: 'story', _type: 'note', author: {_type: 'reference', _ref: 'author'}, 'odd-name': 1},
  {_id: 'drafts.story', _type: 'note', list: [{_key: 'a', _ref: 'author'}]},
  {_id: 'author', _type: 'person', name: 'A. Uthor'},
]
const write = (name: string, lines: readonly string[]): void =>
  writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''))
const exported = (name: string): unknown[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('lake', () => {
  test('imports, shows its status, exports, snapshots, restores and resets', async () => {
    const url = await start('--project', 'newsroom')
    write(
      'in.ndjson',
      DOCUMENTS.map((document) => JSON.stringify(document)),
    )
    expect(await lake('import', 'in.ndjson')).toMatchObject({
      code: 0,
      out: 'Imported 3 documents into production.\n',
    })
    expect((await lake('status')).out).toBe(
      `running at ${url}\nproject newsroom, data in .lake\ndataset production: public, 3 documents\n`,
    )
    await lake('export', 'running.ndjson')
    expect(exported('running.ndjson')).toEqual(
      expect.arrayContaining(DOCUMENTS.map((document) => expect.objectContaining(document))),
    )
    expect(await lake('snapshot', 'saved')).toMatchObject({code: 0})
    expect(await lake('reset', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is in use by another process'),
    })

    await shell.stop('SIGTERM')
    expect((await lake('status')).out).toContain('not running')
    expect((await lake('reset', '--yes')).code).toBe(0)
    expect((await lake('status')).out).toContain('production: public, 0 documents')
    expect(await lake('restore', 'saved')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--replace'),
    })
    expect((await lake('restore', 'saved', '--replace')).code).toBe(0)
    await lake('export', 'restored.ndjson')
    expect(exported('restored.ndjson')).toEqual(exported('running.ndjson'))
    expect((await lake('trim', '--keep-days', '0')).code).toBe(0)
  }, 60_000)

  test('prints environment variables for other tools, and creates tokens for them', async () => {
    const url = await start()
    const {out} = await lake('status', '--env')
    const variables = Object.fromEntries(
      out
        .trim()
        .split('\n')
        .map((line) => line.split('=', 2)),
    )
    expect(variables).toMatchObject({
      SANITY_STUDIO_PROJECT_ID: 'copydesk',
      SANITY_STUDIO_DATASET: 'production',
      SANITY_STUDIO_API_HOST: url,
      SANITY_AUTH_TOKEN: expect.stringMatching(/^sk.{40}/),
    })
    const made = await lake('token', 'Front end', '--role', 'viewer')
    const me = await fetch(`${url}/v1/users/me`, {
      headers: {authorization: `Bearer ${made.out.trim()}`},
    })
    expect(await me.json()).toMatchObject({name: 'Front end', role: 'viewer'})
  }, 60_000)

  test('says what it means to listen to other machines', async () => {
    await start('--host', '0.0.0.0', '--private')
    expect(shell.printed()).toContain(
      'Other machines can reach this lake at 0.0.0.0 over plain HTTP',
    )
    expect(shell.printed()).toContain('Without a token they can read all assets.')
    expect(shell.printed()).toContain('including 25 mutations')
    await shell.stop('SIGTERM')
    await start('--host', '0.0.0.0', '--no-rate-limits')
    expect(shell.printed()).toContain('There is no limit on how many requests they may send.')
    await shell.stop('SIGTERM')
    await start()
    expect(shell.printed()).not.toContain('Other machines')
  }, 60_000)

  test('prints requests with --verbose, but no secrets', async () => {
    const url = await start('--verbose')
    await fetch(`${url}/v2025-02-19/data/query/production?query=1&token=secret&code=secret`)
    await expect
      .poll(shell.printed)
      .toMatch(/^GET \/v2025-02-19\/data\/query\/production 200 [\d.]+ ms \d+ bytes$/m)
    expect(shell.printed()).not.toContain('secret')
  }, 60_000)

  test('--rate-limits limits the rates of clients', async () => {
    const url = await start('--rate-limits')
    const statuses = () =>
      Promise.all(
        Array.from({length: 60}, async () => {
          const response = await fetch(`${url}/v1/data/mutate/production`, {method: 'POST'})
          return response.status
        }),
      )
    await expect.poll(statuses, {timeout: 30_000}).toContain(429)
  }, 60_000)

  test.each([
    [['frobnicate'], /Unknown command "frobnicate"/],
    [['start', '--prot', '1'], /--prot/],
    [['reset'], /add --yes/],
    ...[
      ['status'],
      ['export', 'out.ndjson'],
      ['import', 'in.ndjson'],
      ['reset', '--yes'],
      ['trim', '--keep-days', '1'],
      ['token', 'x'],
      ['snapshot', 'saved'],
    ].map((argv): [string[], RegExp] => [argv, /^lake: There is no lake in \.lake/]),
    [['restore', 'nowhere'], /^lake: nowhere is not a complete snapshot/],
    [['token', 'x', '--role', 'owner'], /Unknown role "owner"/],
  ])('%j fails with a clear message', async (argv, message) => {
    const {code, err} = await lake(...argv)
    expect(code).toBe(1)
    expect(err).toMatch(message)
    expect(err).not.toContain('    at ')
    // A command that is not `start` leaves no empty lake behind.
    expect(existsSync(join(folder, '.lake'))).toBe(false)
  })

  test('names files that cannot be read or written, without a stack trace', async () => {
    await start()
    for (const argv of [
      ['import', 'none.ndjson'],
      ['export', 'none/out.ndjson'],
    ]) {
      const {code, err} = await lake(...argv)
      expect({code, err}).toEqual({code: 1, err: expect.stringMatching(/^lake: ENOENT.*none/)})
      expect(err).not.toContain('    at ')
    }
  }, 60_000)

  test('--version prints the version', async () => {
    const {version}: {version: string} = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
    )
    expect(await lake('--version')).toEqual({code: 0, out: `${version}\n`, err: ''})
  })

  test('--help describes all commands, or one', async () => {
    const {out} = await lake('--help')
    expect(out).toContain('snapshot FOLDER')
    // In two columns: all descriptions start at the same position.
    const rows = out.split('\n').filter((line) => line.startsWith('  '))
    const column = rows[0]?.indexOf('Start the') ?? 0
    expect(column).toBeGreaterThan(2)
    for (const row of rows) expect(row.slice(column - 2, column + 1)).toMatch(/^ {2}\S$/)
    expect((await lake('import', '--help')).out).toContain('lake sanity dataset import')
    expect((await lake('start', '--help')).out).toContain('--origin ORIGIN')
  })
})
