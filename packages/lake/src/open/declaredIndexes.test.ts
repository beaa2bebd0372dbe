import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterAll, describe, expect, it} from 'vitest'

import {startCommand} from '../cli/commands/startCommand.ts'
import {PUBLISHED} from '../core/perspective.ts'
import {createLake} from './createLake.ts'
import {internalsOf} from './internals.ts'

const folder = mkdtempSync(join(tmpdir(), 'declared-'))
afterAll(() => rmSync(folder, {recursive: true}))

describe('declared indexes', () => {
  it.each([
    ['on disk', join(folder, 'lake')],
    ['in memory', undefined],
  ])('are built without a query, %s', async (_, dataDir) => {
    await using lake = createLake({
      dataDir,
      indexes: [
        {type: 'article', path: 'slug.current'},
        {type: 'article', path: 'publishedAt', byReference: true},
      ],
    })
    const create = Array.from({length: 150}, (__, n) => ({
      create: {
        _id: `a${n}`,
        _type: 'article',
        slug: {current: `s${n}`},
        publishedAt: `2026-01-01T00:${n}`,
        topic: {_ref: 'topic', _weak: true},
      },
    }))
    const response = await lake.fetch(
      new Request('http://localhost/v2025-02-19/data/mutate/production', {
        method: 'POST',
        headers: {authorization: `Bearer ${lake.token}`, 'content-type': 'application/json'},
        body: JSON.stringify({mutations: create}),
      }),
    )
    expect(response.status).toBe(200)

    const {store} = internalsOf(lake).dataset('production')
    const {access} = store.source({perspective: PUBLISHED, includePrivate: true})
    const found = () => {
      const bySlug = access?.read({
        by: 'value',
        type: 'article',
        path: 'slug.current',
        values: ['s7'],
      })
      const newest = access?.ordered({
        types: ['article'],
        path: 'publishedAt',
        direction: 'asc',
        refersTo: ['topic'],
      })
      return store.read(() => [bySlug, newest].map((each) => each && [...each].length))
    }
    await expect.poll(found).toEqual([1, 150])
  })

  it.each([
    ['{}', 'must be a list'],
    ['[{"type": "article"}]', 'entry 1: path must be like "slug.current"'],
    ['[{"path": "a"}, {"path": "a..b"}]', 'entry 2: path must be like'],
    ['[{"path": "a", "types": ["b"]}]', '"types" is none of type, path and byReference'],
    ['[{"path": "a", "byReference": true}]', 'type is needed'],
    ['[', 'cannot be read as JSON'],
    [
      JSON.stringify(Array.from({length: 41}, () => ({path: 'a'}))),
      'has 41 indexes; at most 40 are allowed',
    ],
  ])('are refused with the place of the error: %s', async (text, message) => {
    const file = join(folder, 'indexes.json')
    writeFileSync(file, text)
    await expect(startCommand.run(['--indexes', file])).rejects.toThrow(message)
    await expect(startCommand.run(['--indexes', file])).rejects.toThrow(file)
  })
})
