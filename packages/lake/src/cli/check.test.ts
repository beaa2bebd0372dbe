import {join} from 'node:path'
import {DatabaseSync} from 'node:sqlite'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {openShell, type Shell} from './testShell.ts'

let shell: Shell
beforeEach(() => {
  shell = openShell()
})
afterEach(() => shell.close())

test('lake check says what is wrong by its exit code and in words, and repairs it', async () => {
  await shell.start()
  expect(await shell.lake('check')).toEqual({
    code: 0,
    out: 'production: no problems found.\n',
    err: '',
  })
  expect(await shell.lake('check', '--repair')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^lake: A lake runs on \.lake\. Stop it before/),
  })
  await shell.stop('SIGTERM')

  const database = new DatabaseSync(
    join(shell.folder, '.lake', 'datasets', 'production', 'documents.sqlite'),
  )
  database.exec("INSERT INTO counter VALUES ('ghost', '', 1, 0, 0)")
  database.close()
  const wrong = await shell.lake('check', '--dataset', 'production')
  expect(wrong.code).toBe(2)
  expect(wrong.out).toMatch(/^production: counters: The counter of type ghost .* must be \[0,0,0\]/)
  expect(wrong.out).toMatch(/run "lake check --repair"/)
  const repaired = await shell.lake('check', '--repair')
  expect(repaired.code).toBe(0)
  expect(repaired.out).toMatch(/^production: repaired\. The original files are in .*before-rep/)
  expect((await shell.lake('check')).code).toBe(0)

  const manual = await shell.lake('check', '--help')
  expect(manual.out).toMatch(/lake check \[--repair\] \[--dataset NAME\]/)
  expect(manual.out).toMatch(/0 no problems, 1 the check failed, 2 problems found/)
  expect(await shell.lake('check', '--dataset', 'other')).toMatchObject({
    code: 1,
    err: 'lake: .lake has no dataset "other".\n',
  })
}, 60_000)
