/** @module-tag long */
/**
 * The checklists of CONTRIBUTING.md, carried out: a copy of the project gets the example field and
 * the example type by editing exactly the files that the checklists name.
 */
import {execFile, type ExecFileException} from 'node:child_process'
import {cp, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, beforeAll, expect, test} from 'vitest'

import {documentType, field, newsroomProgram} from './edits.ts'

const root = join(import.meta.dirname, '../..')
const guide = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')

/** The files that the numbered steps below a heading name, in their order. */
const stepsOf = (heading: string): string[] => {
  const section = guide.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file ?? '')
}

const run = (program: string, args: readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    const env = {...process.env, DO_NOT_TRACK: '1', NO_COLOR: '1'}
    const done = (error: ExecFileException | null, stdout: string, stderr: string) =>
      error ? reject(new Error(`${error.message}\n${stdout}\n${stderr}`)) : resolve(stdout)
    execFile(process.execPath, [program, ...args], {cwd: copy, env}, done)
  })

const binary = (path: string): string => join(root, 'node_modules', path)

let copy: string

/** Folders whose files the checklists or the generators change; others are linked. */
const COPIED = new Set(['front', 'schemas', 'seed', 'studio', 'tests'])

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'copydesk-checklists-'))
  for (const entry of await readdir(root, {withFileTypes: true})) {
    const [from, to] = [join(root, entry.name), join(copy, entry.name)]
    if (entry.name === '.git') continue
    if (entry.isFile() || COPIED.has(entry.name)) await cp(from, to, {recursive: true})
    else await symlink(from, to)
  }
})

afterAll(() => rm(copy, {recursive: true}))

test('a field takes at most four files, a document type at most seven', () => {
  expect(stepsOf('Add a field')).toEqual(Object.keys(field))
  expect(Object.keys(field).length).toBeLessThanOrEqual(4)
  expect(stepsOf('Add a document type')).toEqual(Object.keys(documentType))
  expect(Object.keys(documentType).length).toBeLessThanOrEqual(7)
})

test('with these edits the project works', {timeout: 400_000}, async () => {
  for (const [file, edit] of [...Object.entries(field), ...Object.entries(documentType)]) {
    const old = await readFile(join(copy, file), 'utf8').catch(() => '')
    await writeFile(join(copy, file), edit(old))
  }
  // The two halves of `npm run schema`.
  await run(binary('sanity/bin/sanity'), ['schema', 'extract', '--force'])
  await run(binary('sanity/bin/sanity'), ['typegen', 'generate'])

  await writeFile(join(copy, 'newsroom.ts'), newsroomProgram)
  const config = {extends: './tsconfig.json', include: ['newsroom.ts']}
  await writeFile(join(copy, 'tsconfig.newsroom.json'), JSON.stringify(config))
  const [, , report] = await Promise.all([
    run('newsroom.ts', []),
    run(binary('typescript/bin/tsc'), ['--project', 'tsconfig.newsroom.json']),
    run(binary('vitest/vitest.mjs'), [
      'run',
      'tests/schema',
      'front/queries/readme.test.ts',
      'seed/model/documentModel.test.ts',
      '--testNamePattern=podcast|breaking|every type|first group|the import knows',
      '--no-isolate',
      '--maxWorkers=1',
    ]),
  ])
  expect(Number(/Tests +(\d+) passed/.exec(report)?.[1])).toBeGreaterThan(15)
})
