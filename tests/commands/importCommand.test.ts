/** `npm run import` as a process: exit codes, Ctrl-C, and `kill -9` at any time. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {createLake, startServer} from '@copydesk/lake'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {clientFor} from '../../scripts/command/clientFor.ts'
import {runScript} from './runScript.ts'

const root = join(import.meta.dirname, '..', '..')
let folder: string
let archive: string
let site: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-command-'))
  archive = await put('archive.json', ghost(100))
  site = await put('site.json', '{"section": "News"}')
})

afterAll(() => rm(folder, {recursive: true}))

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const ghost = (count: number): string =>
  JSON.stringify({
    posts: Array.from({length: count}, (_, index) => ({
      id: `p${index}`,
      title: `Story ${index}`,
      slug: index % 7 === 0 ? 'same' : `story-${index}`,
      html: `<p>Words of ${index}.</p><p>More words.</p>`,
      status: 'published',
      authors: [{id: `u${index % 5}`, name: `Ada Quill ${index % 5}`}],
      tags: [{id: `t${index % 9}`, name: `Topic ${index % 9}`}],
      published_at: '2023-05-01T09:30:00.000Z',
    })),
  })

const importInto = (data: string, ...args: string[]) =>
  runScript('import', ['--data', join(folder, data), ...args])

const workFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('copydesk-import-'))

/** Everything but what the server adds, and which run wrote it. */
async function contentsOf(data: string): Promise<unknown> {
  const lake = createLake({dataDir: join(folder, data), sendHooks: false})
  const server = await startServer({lake, port: 0})
  try {
    const {projectId, token} = lake
    const client = clientFor({projectId, dataset: 'production', token, apiHost: server.url})
    const all = await client
      .withConfig({perspective: 'raw'})
      .fetch<Record<string, unknown>[]>('*[_type in ["article", "author", "topic"]] | order(_id)')
    return all.map(({_createdAt, _rev, _updatedAt, ...own}) => own)
  } finally {
    await server.close()
    await lake.close()
  }
}

describe('the exit code is', () => {
  test('0 when all is done, and after a second run, which writes nothing', async () => {
    const file = await put('one.json', ghost(1))
    const before = await workFolders()
    const first = await importInto('zero', file, '--site', site)
    expect(first).toMatchObject({code: 0, stdout: expect.stringContaining('4 created')})
    expect((await workFolders()).filter((name) => !before.includes(name))).toEqual([])
    const second = await importInto('zero', file, '--site', site)
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 created, 4 unchanged'),
    })
  })

  test('1 when something was refused, which is named', async () => {
    const file = await put(
      'broken.xml',
      '<rss xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>',
    )
    const {code, stdout} = await importInto('one', file)
    expect(code).toBe(1)
    expect(stdout).toContain(`Refused ${file}:2: expected a WordPress export, found unclosed tag`)
  })

  test.each([
    [['--site', 'missing.json', 'x'], 'missing.json'],
    [['--pictures', 'all', 'x'], '--pictures is copy, keep-url or skip'],
    [[], 'Name the files'],
  ])('2 for wrong options: %j', async (args, message) => {
    const {code, stderr} = await importInto('two', ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  test('2 for a table with a fault, which is named with its line', async () => {
    await put('authors.csv', 'text,source,stories,decision\nA,,1,author-nobody\n')
    const {code, stderr} = await importInto('two', archive, '--map', folder)
    expect(code).toBe(2)
    expect(stderr).toContain('authors.csv:2: the dataset has no author with the id author-nobody')
    await rm(join(folder, 'authors.csv'))
  })

  test('4 when the dataset cannot be reached', {tags: 'long'}, async () => {
    const unreachable = {
      SANITY_STUDIO_PROJECT_ID: 'nowhere1',
      SANITY_STUDIO_DATASET: 'production',
      SANITY_AUTH_TOKEN: 'none',
      // The host of a project is looked up by name; here no name server answers.
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
        "import dns from 'node:dns'; import {syncBuiltinESMExports} from 'node:module'; dns.lookup = (host, options, done) => (done ?? options)(Object.assign(new Error('getaddrinfo ENOTFOUND ' + host), {code: 'ENOTFOUND'})); syncBuiltinESMExports()",
      )}`,
    }
    const {code, stderr} = await runScript('import', [archive, '--yes'], unreachable)
    expect(code).toBe(4)
    expect(stderr).toContain('The dataset cannot be reached')
  })
})

/** Starts an import; `stop` sends it a signal after so many milliseconds, unless it has ended. */
async function stopped(
  data: string,
  signal: NodeJS.Signals,
  after: number,
): Promise<{code: number | null; pid: number | undefined}> {
  const args = ['scripts/import.ts', '--data', join(folder, data), archive, '--site', site]
  const child = spawn(process.execPath, args, {cwd: root, stdio: 'ignore'})
  const ended = once(child, 'exit')
  await Promise.race([wait(after), ended])
  child.kill(signal)
  await ended
  return {code: child.exitCode, pid: child.pid}
}

let whole: unknown
const wholeOnce = async (): Promise<unknown> => {
  if (whole === undefined) {
    await importInto('whole', archive, '--site', site)
    whole = await contentsOf('whole')
  }
  return whole
}

test('Ctrl-C ends with 130, and the same command finishes the import', {tags: 'long'}, async () => {
  const {code} = await stopped('interrupted', 'SIGINT', 700)
  // 0 if it was quicker; null if it had not begun to listen for Ctrl-C.
  expect([130, 0, null]).toContain(code)
  const {code: next} = await importInto('interrupted', archive, '--site', site)
  expect(next).toBe(0)
  expect(await contentsOf('interrupted')).toEqual(await wholeOnce())
})

async function afterKills(name: string, count: number): Promise<unknown> {
  const killed: (number | undefined)[] = []
  for (let turn = 0; turn < count; turn += 1) {
    const {pid} = await stopped(name, 'SIGKILL', 200 + Math.random() * 1000)
    killed.push(pid)
  }
  const {code} = await importInto(name, archive, '--site', site)
  if (code !== 0) throw new Error(`The last import ended with ${code}.`)
  const left = (await workFolders()).filter((one) => killed.some((pid) => one.includes(`-${pid}-`)))
  if (left.length > 0) throw new Error(`Killed imports left ${left.join(', ')}.`)
  return contentsOf(name)
}

test('after kill -9 the same command gives the same dataset', async () => {
  expect(await afterKills('killed', 1)).toEqual(await wholeOnce())
})

test('after ten of them too', {tags: 'long', timeout: 120_000}, async () => {
  expect(await afterKills('killed-often', 10)).toEqual(await wholeOnce())
})
