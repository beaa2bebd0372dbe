import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {LakeError} from '../errors.ts'
import {MAX_SESSIONS, SESSION_LIFETIME} from '../limits.ts'
import {openProject} from './project.ts'
import {openTokens} from './tokens.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-tokens-'))
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const open = (now = () => 0) => {
  let count = 0
  return openTokens(
    openProject(join(folder, 'project.json')),
    'the folder’s own',
    now,
    () => `id${(count += 1)}aaaaaaaa`,
  )
}

test('knows the folder’s own token as the local administrator', () => {
  expect(open().callerOf('the folder’s own')).toMatchObject({
    role: 'administrator',
    user: {id: 'local'},
  })
})

test('keeps tokens across a restart, and only their hashes on disk', () => {
  const {token} = open().create('Front end', 'viewer')
  expect(token.length).toBeGreaterThanOrEqual(32)
  const path = join(folder, 'project.json')
  expect(readFileSync(path, 'utf8')).not.toContain(token)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(open().callerOf(token)).toMatchObject({
    role: 'viewer',
    user: {name: 'Front end', isRobot: true},
  })
})

test('ends sessions, but no token of a program and not the folder’s own', () => {
  const tokens = open()
  const session = tokens.startSession(tokens.callerOf('the folder’s own'))
  const {token} = tokens.create('Import', 'editor')
  expect(tokens.callerOf(session).role).toBe('administrator')
  for (const ended of [session, token, 'the folder’s own', 'nobody’s']) tokens.end(ended)
  expect(() => tokens.callerOf(session)).toThrow(LakeError)
  expect(tokens.callerOf(token).role).toBe('editor')
  expect(tokens.callerOf('the folder’s own').role).toBe('administrator')
})

test('revokes a token by its id', () => {
  const tokens = open()
  const {record, token} = tokens.create('Import', 'editor')
  expect(tokens.revoke('another')).toBe(false)
  expect(tokens.revoke(record.id)).toBe(true)
  expect(() => tokens.callerOf(token)).toThrow(/unknown or was revoked/)
})

test('keeps a bounded number of sessions: the oldest ends', () => {
  const tokens = open()
  const caller = tokens.callerOf('the folder’s own')
  const first = tokens.startSession(caller)
  const {token} = tokens.create('Import', 'editor')
  let last = ''
  for (let n = 0; n < MAX_SESSIONS; n++) last = tokens.startSession(caller)
  expect(() => tokens.callerOf(first)).toThrow(LakeError)
  expect(tokens.callerOf(last).role).toBe('administrator')
  expect(tokens.callerOf(token).role).toBe('editor')
})

test('ends old sessions when the lake starts and when another begins, and no token', () => {
  let time = 0
  const first = open(() => time)
  const caller = first.callerOf('the folder’s own')
  const {token} = first.create('Import', 'editor')
  const old = first.startSession(caller)
  time = SESSION_LIFETIME
  const recent = first.startSession(caller)
  expect(first.callerOf(old).role).toBe('administrator')
  time += 1
  const started = open(() => time)
  expect(() => started.callerOf(old)).toThrow(LakeError)
  expect(started.callerOf(recent).role).toBe('administrator')
  time += SESSION_LIFETIME
  started.startSession(caller)
  expect(() => started.callerOf(recent)).toThrow(LakeError)
  expect(started.callerOf(token).role).toBe('editor')
  expect(started.list().map(({kind}) => kind)).toEqual(['token', 'session'])
})
