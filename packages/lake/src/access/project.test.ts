import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, expect, test} from 'vitest'

import {openProject, type Project} from './project.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-project-'))
  path = join(folder, 'project.json')
})
afterEach(() => {
  rmSync(folder, {recursive: true})
})

const filled: Project = {
  datasets: [
    {
      name: 'production',
      aclMode: 'public',
      createdAt: '2026-01-01T00:00:00.000Z',
      description: null,
      addonFor: null,
      datasetProfile: null,
      hasFile: true,
    },
  ],
  users: [{id: 'p1', name: 'Import', email: '', isRobot: true}],
  tokens: [],
  origins: [
    {
      id: 1,
      origin: 'https://desk.example.org',
      allowCredentials: true,
      createdAt: '2026-05-04T12:00:00.000Z',
    },
  ],
  hooks: [
    {
      id: 'h1',
      name: 'Site',
      description: null,
      url: 'https://site.example.org/api/hook',
      dataset: '*',
      rule: {on: ['create', 'delete'], filter: '_type == "article"', projection: null},
      httpMethod: 'POST',
      headers: {authorization: 'Bearer a'},
      includeDrafts: false,
      includeAllVersions: true,
      secret: 'whisper',
      apiVersion: 'v2025-02-19',
      isDisabledByUser: false,
      createdAt: '2026-05-04T12:00:00.000Z',
      createdByUserId: 'p1',
    },
  ],
  assetsAt: 'http://localhost:4000',
  keyValues: {local: {layout: 'compact'}},
}

test('writes nothing until something changes, then all of it', () => {
  const project = openProject(path)
  expect(existsSync(path)).toBe(false)
  project.change(() => filled)
  expect(openProject(path).read()).toEqual(filled)
})

test('keeps a project in memory without a path', () => {
  const project = openProject(null)
  project.change(() => filled)
  expect(project.read()).toEqual(filled)
})

test.each([
  ['not JSON', '{', /is not JSON/],
  ['a list', '[]', /expected an object/],
  ['a newer format', '{"format":3}', /has format 3; this lake reads formats up to 2/],
  ['a list that is missing', '{"format":1}', /"datasets" must be an array/],
  [
    'an entry it does not know',
    JSON.stringify({format: 1, ...filled, users: [{id: 7}]}),
    /"users\[0\]" is not valid/,
  ],
])('refuses %s and leaves the file as it is', (_, text, message) => {
  writeFileSync(path, text)
  expect(() => openProject(path)).toThrow(message)
  expect(readFileSync(path, 'utf8')).toBe(text)
})
