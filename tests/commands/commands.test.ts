import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {freePair} from '../../scripts/command/freePorts.ts'
import {type Finished, type Running, runLake, runScript, startScript} from './runScript.ts'

const folder = mkdtempSync(join(tmpdir(), 'copydesk-commands-'))
const data = join(folder, 'lake')
const STORY =
  '*[_type == "article"][0]{headline, "by": byline[].author->name, "topics": topics[]->name, "credits": credits[].credit->name}'

const EXPECTED = {
  headline: 'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse',
  by: ['Cameron Frew'],
  topics: ['News', 'Elon Musk', 'Now', 'US', 'Vladimir Putin'],
  credits: [
    'Popular Mechanics',
    "Elon Musk's Internet was considered a threat to Russia's national security. And they want to fine for using Starlink",
  ],
}

const sanity = (...args: string[]): Promise<Finished> =>
  runLake(['sanity', '--data', data, ...args])

afterAll(() => rmSync(folder, {recursive: true, force: true}))

describe('npm start', () => {
  let lake: Running
  beforeAll(async () => {
    lake = await startScript(['--port', '0', '--data', data, '--verbose'], {withSite: true})
  })

  it('serves the site one port above the lake, with the story on it', async () => {
    const port = Number(new URL(lake.url).port) + 1
    await expect.poll(() => lake.printed()).toContain(`Site http://copydesk.localhost:${port}\n`)
    const page = await fetch(`http://localhost:${port}/`)
    expect(await page.text()).toContain('Elon Musk Invited Vladimir Putin')
  })

  it('prints a curl line that answers with the story when pasted', () => {
    const line = /^\s*query\s+(curl .+)$/m.exec(lake.printed())?.[1]
    const answer: {result: unknown} = JSON.parse(
      execFileSync('sh', ['-c', line ?? 'false'], {encoding: 'utf8'}),
    )
    expect(answer.result).toEqual(EXPECTED)
  })

  it('prints a line for each request with --verbose', async () => {
    await fetch(`${lake.url}/health?token=secret`)
    await expect.poll(() => lake.printed()).toMatch(/^GET \/health 200 [\d.]+ ms \d+ bytes$/m)
    expect(lake.printed()).not.toContain('secret')
  })

  it('is found by the other commands through its data folder', async () => {
    const {code, stdout} = await runScript('seed', ['--data', data])
    expect(code).toBe(0)
    expect(stdout).toContain(`Importing into the lake at ${lake.url}, dataset production.`)
    expect(stdout).toContain('Nothing changed: 1 story; 0 created, 13 unchanged, 0 kept')
  })

  it('names the option when its port is taken', async () => {
    const port = new URL(lake.url).port
    const second = await runScript('start', ['--port', port, '--data', join(folder, 'other')])
    expect(second.code).toBe(1)
    expect(second.stderr).toBe(
      `Port ${port} is taken by another program. Stop that program, or choose a free port with --port.\n`,
    )
  })

  it('goes on without its site when the port of that is taken, and says so once', async () => {
    const port = await freePair()
    const other = createServer().listen(port + 1, 'localhost')
    const options = ['--port', String(port), '--data', join(folder, 'without')]
    const second = await startScript(options, {withSite: true})
    await expect.poll(() => second.printed()).toContain('The lake goes on without its site.')
    other.close()
    const {code, stderr} = await second.interrupt()
    expect(code).toBe(0)
    expect(stderr).toBe(
      `Port ${port + 1}, which the site would use, is taken by another program. Stop that program, or choose another port.\n`,
    )
  })

  it('refuses a data folder that is in use, with its address', async () => {
    const second = await runScript('start', ['--port', '0', '--data', data])
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`answers at ${lake.url}`)
  })

  it('ends cleanly at Ctrl-C and keeps everything', async () => {
    const ended = await lake.interrupt()
    expect(ended.code).toBe(0)
    expect(ended.stderr).toBe('')
    const after = await runScript('query', [STORY, '--data', data])
    expect(JSON.parse(after.stdout)).toEqual(EXPECTED)
  })

  it('explains what listening to other machines means, only with --host', async () => {
    expect(lake.printed()).not.toContain('Other machines')
    const open = await startScript(['--port', '0', '--data', data, '--host', '0.0.0.0'])
    const {stdout} = await open.interrupt()
    expect(stdout).toContain('Other machines can reach this lake at 0.0.0.0 over plain HTTP')
    expect(stdout).toContain('the published documents of production')
  })

  it('explains an invalid option value', async () => {
    const {code, stderr} = await runScript('start', ['--port', '99999'])
    expect(code).toBe(2)
    expect(stderr).toContain('--port must be a whole number from 0 to 65535, not "99999".')
    expect(stderr).toContain('npm run start -- --help')
  })

  it('refuses stray arguments and unknown options', async () => {
    const stray = await runScript('start', ['4000'])
    expect(stray.code).toBe(2)
    expect(stray.stderr).toContain('Unexpected arguments: 4000')
    const unknown = await runScript('start', ['--prot', '4000'])
    expect(unknown.stderr).toBe("Unknown option '--prot'.\nOptions: npm run start -- --help\n")
  })

  it('says why a path cannot be the data folder', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const {code, stderr} = await runScript('start', ['--port', '0', '--data', file])
    expect(code).toBe(1)
    expect(stderr).toMatch(`${file} cannot be used as the data folder: EEXIST`)
  })
})

describe('npm run seed', () => {
  const own = join(folder, 'seeded')

  it('writes nothing in a dry run', async () => {
    const {code, stdout} = await runScript('seed', ['--dry-run', '--data', own])
    expect(code).toBe(0)
    expect(stdout).toContain('Would change: 1 story; 13 created')
    const {stdout: count} = await runScript('query', ['count(*)', '--data', own])
    expect(count).toBe('0\n')
  })

  it('writes nothing when npm consumed --dry-run', async () => {
    const environment = {npm_config_dry_run: 'true', npm_lifecycle_event: 'seed'}
    const {code, stdout, stderr} = await runScript('seed', ['--data', own], environment)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('npm run seed -- --dry-run')
  })

  it('says how to create a missing dataset', async () => {
    const {code, stderr} = await runScript('seed', ['--data', own, '--dataset', 'staging'])
    expect(code).toBe(1)
    expect(stderr).toContain('There is no dataset "staging"')
    expect(stderr).toContain('it has: production')
    expect(stderr).toContain('dataset create staging')
  })

  it('opens the dataset itself when no lake runs, and changes nothing the second time', async () => {
    const revisions = async (): Promise<string> =>
      (await runScript('query', ['*{_id, _rev, _updatedAt}', '--data', own])).stdout
    const first = await runScript('seed', ['--data', own])
    expect(first.stdout).toContain('Done: 1 story; 13 created, 0 unchanged')
    const before = await revisions()
    const second = await runScript('seed', ['--data', own])
    expect(second.stdout).toContain('Nothing changed')
    expect(await revisions()).toBe(before)
    expect(JSON.parse(before)).toHaveLength(13)
  })

  it('refuses a file that is not a story and says where and why', async () => {
    const file = join(folder, 'list.txt')
    writeFileSync(file, 'milk\neggs\n')
    const {code, stdout} = await runScript('seed', [file, '--data', own])
    expect(code).toBe(1)
    expect(stdout).toMatch(/Refused .*list\.txt.*: expected .+, found .+/)
    expect(stdout).toContain('1 refused')
  })

  it('writes a file that dataset import can read', async () => {
    const file = join(folder, 'story.ndjson')
    const {code} = await runScript('seed', ['--ndjson', file])
    expect(code).toBe(0)
    const ids = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)._id)
    expect(new Set(ids).size).toBe(13)
  })

  it('says why a file cannot be written', async () => {
    const file = join(folder, 'missing', 'story.ndjson')
    const {code, stderr} = await runScript('seed', ['--ndjson', file])
    expect(code).toBe(1)
    expect(stderr).toMatch(`--ndjson ${file} cannot be written: ENOENT`)
  })

  it.each([
    ['SANITY_AUTH_TOKEN', {SANITY_STUDIO_PROJECT_ID: 'abc', SANITY_STUDIO_DATASET: 'test'}],
    ['SANITY_STUDIO_DATASET', {SANITY_STUDIO_PROJECT_ID: 'abc', SANITY_AUTH_TOKEN: 'secret'}],
    ['SANITY_STUDIO_PROJECT_ID', {SANITY_STUDIO_DATASET: 'test', SANITY_AUTH_TOKEN: 'secret'}],
  ])('names %s when it is missing for hosted Sanity', async (missing, environment) => {
    const {code, stderr} = await runScript('seed', [], environment)
    expect(code).toBe(1)
    expect(stderr).toContain(`not set: ${missing}.`)
    expect(stderr).not.toContain('secret')
  })
})

describe('npm run query', () => {
  it('prints the result as JSON and nothing else', async () => {
    const args = ['*[_type == $type]{name}', '--params', '{"type": "author"}', '--data', data]
    const {code, stdout, stderr} = await runScript('query', args)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual([{name: 'Cameron Frew'}])
    expect(stderr).toBe('')
  })

  it('shows where GROQ is wrong, on stderr', async () => {
    const {code, stdout, stderr} = await runScript('query', ['*[_type == "author"', '--data', data])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('> 1 | *[_type == "author"')
    expect(stderr).toContain('^')
  })

  it('--explain prints the explanation on stderr and the usual result on stdout', async () => {
    const query = '*[_type == "article"]{"by": byline[].author->name}'
    const {stdout, stderr} = await runScript('query', [query, '--explain', '--data', data])
    expect(JSON.parse(stdout)).toEqual([{by: ['Cameron Frew']}])
    expect(stderr).toContain('type article: 1 document')
    expect(stderr).toContain('1 references followed')
  })

  it.each([
    [['*', '--params', '{oops'], '--params is not JSON'],
    [['*', '--params', '[1]'], '--params must be a JSON object'],
    [[], 'The query is missing'],
    [['*', '--nonsense'], "Unknown option '--nonsense'"],
  ])('explains %j', async (args, message) => {
    const {code, stderr} = await runScript('query', args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('names a missing dataset', async () => {
    const {code, stderr} = await runScript('query', ['*', '--dataset', 'nope', '--data', data])
    expect(code).toBe(1)
    expect(stderr).toContain('nope')
  })
})

describe('npm run sanity', () => {
  beforeAll(async () => {
    await runScript('seed', ['--data', data])
  })

  // Starts Sanity's CLI seven times; each takes some seconds on a small machine.
  it(
    "exports and imports a dataset with Sanity's own CLI",
    {tags: 'long', timeout: 180_000},
    async () => {
      const archive = join(folder, 'production.tar.gz')
      expect((await sanity('dataset', 'create', 'copy', '--visibility', 'public')).code).toBe(0)
      expect((await sanity('dataset', 'list')).stdout).toBe('production\ncopy\n')
      expect((await sanity('dataset', 'export', 'production', archive)).code).toBe(0)
      expect((await sanity('dataset', 'import', archive, '--dataset', 'copy')).code).toBe(0)
      const found = await sanity('documents', 'query', STORY, '--dataset', 'copy')
      expect(JSON.parse(found.stdout)).toEqual(EXPECTED)
      expect((await sanity('dataset', 'delete', 'copy', '--force')).code).toBe(0)
      expect((await sanity('dataset', 'list')).stdout).toBe('production\n')
    },
  )

  it('copies a dataset and follows the copy to its end', {timeout: 120_000}, async () => {
    const {code, stdout} = await sanity('dataset', 'copy', 'production', 'second')
    expect({code, stdout}).toEqual({code: 0, stdout: expect.stringMatching(/Job \S+ completed/)})
    const found = await sanity('documents', 'query', STORY, '--dataset', 'second')
    expect(JSON.parse(found.stdout)).toEqual(EXPECTED)
    expect((await sanity('dataset', 'delete', 'second', '--force')).code).toBe(0)
  })

  it('lists, adds and deletes web origins', {tags: 'long', timeout: 120_000}, async () => {
    const origin = 'https://www.example.org'
    expect((await sanity('cors', 'add', origin, '--no-credentials')).code).toBe(0)
    expect((await sanity('cors', 'list')).stdout).toBe(`${origin}\n`)
    expect((await sanity('cors', 'delete', origin)).code).toBe(0)
    expect((await sanity('cors', 'list')).stdout).toContain('No CORS origins')
  })

  it('does not overwrite a file without --overwrite', {tags: 'long'}, async () => {
    const archive = join(folder, 'production.tar.gz')
    const before = readFileSync(archive)
    const {code} = await sanity('dataset', 'export', 'production', archive)
    expect(code).not.toBe(0)
    expect(readFileSync(archive).equals(before)).toBe(true)
  })

  it('sends no token to another host, and says what to do instead', async () => {
    const {code, stdout, stderr} = await sanity('deploy')
    expect({code, stdout}).toEqual({code: 1, stdout: ''})
    expect(stderr).toContain('npx sanity deploy')
  })
})
