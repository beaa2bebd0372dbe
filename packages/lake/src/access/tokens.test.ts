import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {LakeError} from '../core/errors.ts'
import {MAX_SESSIONS, SESSION_LIFETIME} from '../core/limits.ts'
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

test('keeps a bounded number of sessions of each token: its oldest ends, and no other’s', () => {
  const tokens = open()
  const caller = tokens.callerOf('the folder’s own')
  const first = tokens.startSession(caller)
  const {token} = tokens.create('Import', 'editor')
  const another = tokens.startSession(tokens.callerOf(token))
  let last = ''
  for (let n = 0; n < MAX_SESSIONS; n++) last = tokens.startSession(caller)
  expect(() => tokens.callerOf(first)).toThrow(LakeError)
  expect(tokens.callerOf(last).role).toBe('administrator')
  expect(tokens.callerOf(token).role).toBe('editor')
  expect(tokens.callerOf(another).role).toBe('editor')
})

test('a token that is revoked takes its sessions with it, after a restart too', () => {
  const tokens = open()
  const {record, token} = tokens.create('Import', 'editor')
  const session = tokens.startSession(tokens.callerOf(token))
  const other = tokens.startSession(tokens.callerOf('the folder’s own'))
  const caller = tokens.callerOf(token)
  const listener = tokens.callerOf(session)
  expect(tokens.revoke(record.id)).toBe(true)
  for (const lake of [tokens, open()]) {
    expect(() => lake.callerOf(session)).toThrow(LakeError)
    expect(lake.callerOf(other).role).toBe('administrator')
  }
  // Who came in before is not let in on the strength of that.
  expect(() => tokens.now(caller)).toThrow(LakeError)
  expect(() => tokens.now(listener)).toThrow(LakeError)
  expect(() => tokens.startSession(caller)).toThrow(LakeError)
})

test('a session starts no other, is listed and can be ended by its id', () => {
  const tokens = open()
  const session = tokens.startSession(tokens.callerOf('the folder’s own'))
  expect(() => tokens.startSession(tokens.callerOf(session))).toThrow(/sign in with a token/)
  const [record] = tokens.list()
  expect(record).toMatchObject({kind: 'session', role: 'administrator'})
  expect(tokens.revoke(record?.id ?? '')).toBe(true)
  expect(() => tokens.callerOf(session)).toThrow(LakeError)
})

test('a session has the role that its token has now', () => {
  const tokens = open()
  const {token} = tokens.create('Import', 'editor')
  const session = tokens.startSession(tokens.callerOf(token))
  const path = join(folder, 'project.json')
  const project = JSON.parse(readFileSync(path, 'utf8'))
  for (const record of project.tokens) if (record.kind === 'token') record.role = 'viewer'
  writeFileSync(path, JSON.stringify(project))
  expect(open().callerOf(session).role).toBe('viewer')
})

test('sessions of earlier lakes, which did not note their token, end when the lake starts', () => {
  const session = open().startSession(open().callerOf('the folder’s own'))
  const path = join(folder, 'project.json')
  const project = JSON.parse(readFileSync(path, 'utf8'))
  for (const record of project.tokens) delete record.startedWith
  writeFileSync(path, JSON.stringify(project))
  const tokens = open()
  expect(() => tokens.callerOf(session)).toThrow(LakeError)
  expect(tokens.list()).toEqual([])
})

test('a folder whose own token was replaced knows no session of the old one', () => {
  const session = open().startSession(open().callerOf('the folder’s own'))
  const tokens = openTokens(
    openProject(join(folder, 'project.json')),
    'a new one',
    Date.now,
    String,
  )
  expect(() => tokens.callerOf(session)).toThrow(LakeError)
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
  expect(() => first.callerOf(old)).toThrow(LakeError)
  const started = open(() => time)
  expect(() => started.callerOf(old)).toThrow(LakeError)
  expect(started.callerOf(recent).role).toBe('administrator')
  time += SESSION_LIFETIME
  started.startSession(caller)
  expect(() => started.callerOf(recent)).toThrow(LakeError)
  expect(started.callerOf(token).role).toBe('editor')
  expect(started.list().map(({kind}) => kind)).toEqual(['token', 'session'])
})
