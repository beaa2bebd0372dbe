import {spawn} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {parseEnv} from 'node:util'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {LAKE, openShell, type Shell} from './testShell.ts'

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

const variablesIn = (out: string): NodeJS.Dict<string> => parseEnv(out)

/** The user of a token. */
const userOf = async (url: string, token: string): Promise<unknown> =>
  (await fetch(`${url}/v1/users/me`, {headers: {authorization: `Bearer ${token}`}})).json()

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

  test('prints environment variables for other tools, none of them a secret', async () => {
    const url = await start()
    const variables = variablesIn((await lake('status', '--env')).out)
    expect(variables).toMatchObject({
      SANITY_STUDIO_PROJECT_ID: 'copydesk',
      SANITY_STUDIO_DATASET: 'production',
      SANITY_STUDIO_API_HOST: url,
    })
    expect(Object.keys(variables).filter((name) => name.includes('TOKEN'))).toEqual([])
    const made = await lake('token', 'Front end', '--role', 'viewer')
    expect(await userOf(url, made.out.trim())).toMatchObject({name: 'Front end', role: 'viewer'})
  }, 60_000)

  test('env prints what a front end expects, with a token that can only read', async () => {
    const url = await start()
    const studio = url.replace('localhost', 'copydesk.localhost')
    for (const [kind, prefix] of [
      ['next', 'NEXT_PUBLIC_SANITY_'],
      ['node', 'SANITY_'],
    ] as const) {
      const {out} = await lake('env', '--for', kind)
      const {SANITY_API_READ_TOKEN: token = '', ...others} = variablesIn(out)
      expect(others).toEqual({
        [`${prefix}PROJECT_ID`]: 'copydesk',
        [`${prefix}DATASET`]: 'production',
        [`${prefix}API_VERSION`]: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        [`${prefix}STUDIO_URL`]: studio,
      })
      expect(out).toContain(`#   apiHost: '${url}', useProjectHostname: false`)
      expect(await userOf(url, token)).toMatchObject({role: 'viewer'})
    }
    expect(await lake('env')).toMatchObject({code: 1, err: expect.stringContaining('--for')})
  }, 60_000)

  test('--url is where clients find it: assets, variables, and pages that may use it', async () => {
    const url = await start('--url', 'https://news.example/')
    const preflight = await fetch(`${url}/v1/ping`, {
      method: 'OPTIONS',
      headers: {origin: 'https://copydesk.news.example'},
    })
    expect(preflight.headers.get('access-control-allow-credentials')).toBe('true')
    expect(variablesIn((await lake('status', '--env')).out)).toMatchObject({
      SANITY_STUDIO_API_HOST: 'https://news.example',
    })
    expect((await lake('sign-in')).out).toMatch(/^https:\/\/news\.example\/#token=\S+\n$/)
    await shell.stop('SIGTERM')
    const refused = await lake('start', '--port', '0', '--url', 'news.example')
    expect(refused).toMatchObject({code: 1, err: expect.stringContaining('https://news.example')})
  }, 60_000)

  test('sign-in prints a link for the Studio, which no log of the lake contains', async () => {
    mkdirSync(join(folder, 'studio'))
    writeFileSync(join(folder, 'studio', 'index.html'), '<!doctype html>')
    const url = await start('--studio', 'studio')
    expect(shell.printed()).not.toContain('#token=')
    const {out} = await lake('sign-in')
    const link = new URL(out.trim())
    expect(link.origin).toBe(url.replace('localhost', 'copydesk.localhost'))
    const me = await userOf(url, link.hash.replace('#token=', ''))
    expect(me).toMatchObject({role: 'administrator'})
    expect(await lake('sign-in', '--studio', 'https://evil.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('https://evil.example is not allowed'),
    })
    await shell.stop('SIGTERM')
    expect(await lake('sign-in')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not running'),
    })
  }, 60_000)

  test('start --detach returns when it is ready, and stop ends it', async () => {
    const started = await lake('start', '--port', '0', '--detach')
    const url = /^ready (\S+)$/m.exec(started.out)?.[1] ?? ''
    try {
      expect(started.code).toBe(0)
      expect((await fetch(`${url}/v1/ping`)).status).toBe(200)
      expect(readFileSync(join(folder, '.lake', 'lake.log'), 'utf8')).toContain(`ready ${url}`)
      const again = await lake('start', '--port', '0', '--detach', '--data', '.lake')
      expect(again).toMatchObject({code: 1, err: expect.stringContaining('is in use')})
    } finally {
      expect((await lake('stop')).out).toBe('Stopped the lake of .lake.\n')
    }
    await expect(fetch(`${url}/v1/ping`)).rejects.toThrow('fetch failed')
    expect((await lake('stop')).out).toBe('No lake is running on .lake.\n')
  }, 60_000)

  test.skipIf(process.platform === 'win32')(
    'stops when npm, which started it in a shell, is stopped',
    async () => {
      // As npm does: the shell waits for the lake, and a signal ends only the shell.
      const command = `"${process.execPath}" "${LAKE}" start --port 0; true`
      const npm = spawn('sh', ['-c', command], {
        cwd: folder,
        env: {...process.env, npm_lifecycle_event: 'npx'},
      })
      await new Promise<void>((resolve) =>
        npm.stdout.on('data', (text: Buffer) => /^ready /m.test(text.toString()) && resolve()),
      )
      npm.kill('SIGTERM')
      await expect
        .poll(() => lake('status'), {timeout: 30_000})
        .toMatchObject({out: expect.stringContaining('not running')})
    },
    60_000,
  )

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
      ['env', '--for', 'next'],
      ['sign-in'],
      ['stop'],
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
