/** @module-tag long */
/**
 * Sanity's own commands in a project that is not ours, through `lake sanity`. The environment of all
 * of them names a proxy, which must receive nothing.
 */
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {gunzipSync} from 'node:zlib'

import {createLake, type RunningServer, startServer} from '@copydesk/lake'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {runLake} from './runScript.ts'

const PROJECT = 'zp7mbokg'
/** A command that loads a Studio takes a minute on a small, busy machine. */
const PATIENCE = 400_000

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"name": "other", "version": "1.0.0", "private": true, "type": "module"}',
  'sanity.cli.ts': `import {defineCliConfig} from 'sanity/cli'
export default defineCliConfig({api: {projectId: '${PROJECT}', dataset: 'production'}})
`,
  'sanity.config.ts': `import {defineConfig, defineField, defineType} from 'sanity'
export default defineConfig({
  projectId: '${PROJECT}',
  dataset: 'production',
  schema: {types: [defineType({name: 'note', type: 'document', fields: [
    defineField({name: 'title', type: 'string', validation: (rule) => rule.required()}),
    defineField({name: 'other', type: 'reference', to: [{type: 'note'}]}),
  ]})]},
})
`,
  'migrations/untitled/index.ts': `import {at, defineMigration, set} from 'sanity/migrate'
export default defineMigration({
  title: 'Give every note a title',
  documentTypes: ['note'],
  migrate: {document: (note) => (note.title ? undefined : at('title', set('Untitled')))},
})
`,
  'scripts/write.ts': `import {getCliClient} from 'sanity/cli'
const client = getCliClient({apiVersion: '2025-02-19'})
await client.createOrReplace({_id: 'executed', _type: 'note', title: 'By a script'})
console.log(await client.fetch('count(*[_type == "note"])'))
`,
  'src/queries.ts': `import {defineQuery} from 'groq'
export const NOTES = defineQuery('*[_type == "note"]{title}')
`,
  'notes.ndjson': `{"_id": "a", "_type": "note"}
{"_id": "b", "_type": "note", "title": "Two", "other": {"_type": "reference", "_ref": "a"}}
`,
  'legacy.ndjson': `{"_id": "old", "_type": "note", "other": {"_ref": "a", "role": "source"}}
`,
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}

const folder = mkdtempSync(join(tmpdir(), 'other-project-'))
const data = join(folder, 'lake')
const project = join(folder, 'project')
const lake = createLake({dataDir: data, projectId: PROJECT})
let server: RunningServer
let proxy: Server
let environment: NodeJS.ProcessEnv
const heard: string[] = []

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(project, name)), {recursive: true})
    writeFileSync(join(project, name), text)
  }
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(project, 'node_modules'), 'dir')
  server = await startServer({lake, port: 0})
  proxy = createServer(({method, url}, response) => {
    heard.push(`${method} ${url}`)
    response.end()
  })
  proxy.on('connect', ({url}, socket) => {
    heard.push(`CONNECT ${url}`)
    socket.end()
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  const {port}: AddressInfo = Object(proxy.address())
  const address = `http://127.0.0.1:${port}`
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy', 'ALL_PROXY', 'all_proxy']
  environment = {
    CI: '1',
    NO_COLOR: '1',
    ...Object.fromEntries(names.map((name) => [name, address])),
  }
})

afterAll(async () => {
  proxy.close()
  await server.close()
  await lake.close()
  rmSync(folder, {recursive: true, force: true})
})

/** Runs a command; everything it printed. */
const sanity = async (...command: string[]): Promise<{code: number | null; printed: string}> => {
  const {code, stdout, stderr} = await runLake(['sanity', '--data', data, ...command], {
    folder: project,
    environment,
  })
  const printed = stdout + stderr
  expect(printed).not.toMatch(/EEXIT|^\s+at .+:\d+:\d+/m)
  expect(printed).not.toContain(lake.token)
  expect(heard).toEqual([])
  return {code, printed}
}

const succeeds = async (...command: string[]): Promise<string> => {
  const {code, printed} = await sanity(...command)
  expect({code, printed}).toEqual({code: 0, printed})
  return printed
}

const titles = async (): Promise<unknown> => {
  const query = '*[_type == "note"] | order(_id).title'
  const version = ['--api-version', '2025-02-19']
  const printed = await succeeds('documents', 'query', query, ...version)
  return JSON.parse(printed)
}

describe('sent to the lake', () => {
  test('dataset import, with --dataset', {timeout: PATIENCE}, async () => {
    expect(
      await succeeds('dataset', 'import', 'notes.ndjson', '--dataset', 'production'),
    ).toContain('Imported 2 documents to dataset "production"')
  })

  test(
    'dataset import of what is refused, with the document and what to do',
    {timeout: PATIENCE},
    async () => {
      const {code, printed} = await sanity('dataset', 'import', 'legacy.ndjson', '-d', 'production')
      expect({code, printed}).toEqual({code: 1, printed})
      // The command breaks its lines and marks each.
      const sentence = printed.replaceAll(/\s*\n\s*›?\s*/g, ' ')
      expect(sentence).toContain('Key "role" not allowed in ref; move it out of "other"')
      expect(sentence).toContain('in the document "old"')
    },
  )

  test('documents validate: a document that breaks a rule', {timeout: PATIENCE}, async () => {
    const {code, printed} = await sanity('documents', 'validate', '--yes')
    expect({code, printed}).toEqual({code: 1, printed})
    expect(printed).toMatch(/\[ERROR\] \[note\] a\n.*title.*Required/)
  })

  test('migrations run, dry and real', {timeout: PATIENCE}, async () => {
    expect(await succeeds('migrations', 'run', 'untitled', '--no-confirm')).toContain(
      'set("Untitled")',
    )
    expect(await titles()).toEqual([null, 'Two'])
    const real = ['--no-dry-run', '--no-confirm']
    expect(await succeeds('migrations', 'run', 'untitled', ...real)).toContain(
      '1 transactions committed',
    )
    expect(await titles()).toEqual(['Untitled', 'Two'])
  })

  test('exec, with the token of the data folder', {timeout: PATIENCE}, async () => {
    expect(await succeeds('exec', 'scripts/write.ts', '--with-user-token')).toBe('3\n')
    expect(await titles()).toEqual(['Untitled', 'Two', 'By a script'])
  })

  test('assets upload', {timeout: PATIENCE}, async () => {
    expect(await succeeds('assets', 'upload', '--file', 'dot.svg')).toMatch(
      /"_id": "image-[0-9a-f]{40}-1x1-svg"/,
    )
    const {code, printed} = await sanity('assets', 'upload', '--from-url', 'https://example.org/x')
    expect(code).toBe(1)
    expect(printed).toContain('This lake does not implement POST')
  })

  test('dataset export with --mode and --no-compress', {timeout: PATIENCE}, async () => {
    const file = 'plain.tar.gz'
    await succeeds('dataset', 'export', 'production', file, '--mode', 'cursor', '--no-compress')
    const archive = gunzipSync(readFileSync(join(project, file))).toString()
    for (const id of ['a', 'b', 'executed']) expect(archive).toContain(`"_id":"${id}"`)
  })

  test('schemas deploy and list', {timeout: PATIENCE}, async () => {
    expect(await succeeds('schemas', 'deploy')).toContain('Deployed 1/1 schemas')
    expect(await succeeds('schemas', 'list')).toContain('_.schemas.default')
  })

  test('users list', {timeout: PATIENCE}, async () => {
    expect(await succeeds('users', 'list')).toContain('Administrator')
  })
})

describe('on this machine', () => {
  test('migrations list', {timeout: PATIENCE}, async () => {
    expect(await succeeds('migrations', 'list')).toContain('Give every note a title')
  })

  test('schemas extract, typegen generate', {timeout: PATIENCE}, async () => {
    await succeeds('schemas', 'extract')
    await succeeds('typegen', 'generate')
    const types = readFileSync(join(project, 'sanity.types.ts'), 'utf8')
    expect(types).toContain('export type Note = {')
    expect(types).toContain('export type NOTES_RESULT')
  })
})

test('users invite is refused, with what to do instead', async () => {
  const {code, printed} = await sanity('users', 'invite', 'a@example.org', '--role', 'viewer')
  expect(code).toBe(1)
  expect(printed).toContain('"users invite" is not available here.')
  expect(printed).toContain('lake token NAME --role editor')
})
