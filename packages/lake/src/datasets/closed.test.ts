/**
 * A lake that is closed has freed its folder: another one may write there by now, so this one must
 * not, whatever a request asks that comes late. Made from the routes, so that none is forgotten.
 */
import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {apiRoutes, bareRoutes} from '../http/routing/routes.ts'
import {sampleRequest} from '../http/testRequest.ts'
import {createLake} from '../open/createLake.ts'
import {startServer} from '../server/startServer.ts'

/** Every file with what changes when it is written. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .toSorted()
    .map((name) => {
      const {size, mtimeMs, ino} = statSync(join(folder, name))
      return `${name} ${size} ${mtimeMs} ${ino}`
    })

/** What the routes need to have something to do. */
const BODIES: Readonly<Record<string, object | string>> = {
  '/data/mutate/:dataset': {mutations: [{create: {_type: 'note'}}]},
  '/assets/files/:dataset': 'bytes',
  '/datasets/:dataset/copy': {targetDataset: 'copy'},
  '/users/me/keyvalue': [{key: 'k', value: 1}],
  '/access/project/:project/robots': {label: 'x', memberships: [{roleNames: ['viewer']}]},
}

test('a lake that is closed writes nothing to its folder', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lake-closed-'))
  const failures: unknown[] = []
  const lake = createLake({dataDir, onError: (error) => failures.push(error)})
  const server = await startServer({lake, port: 0})
  await lake.close()
  const before = filesIn(dataDir)
  const values = {dataset: 'production', project: lake.projectId}
  const statuses = new Map<string, number>()
  for (const dataset of ['production', 'another']) {
    for (const [version, routes] of [
      ['v2025-02-19', apiRoutes],
      ['', bareRoutes],
    ] as const) {
      for (const route of routes) {
        const {method, url, headers, body} = sampleRequest(route, version, {...values, dataset})
        const better = BODIES[route.path]
        const sent = typeof better === 'string' ? better : better && JSON.stringify(better)
        const response = await fetch(`${server.url}${url}`, {
          method,
          headers: {...headers, authorization: `Bearer ${lake.token}`},
          body: body === null ? null : (sent ?? body),
          redirect: 'manual',
          signal: AbortSignal.timeout(10_000),
        })
        await response.body?.cancel()
        statuses.set(`${method} ${route.path} ${dataset}`, response.status)
      }
    }
  }
  await server.close()
  expect(filesIn(dataDir)).toEqual(before)
  expect([...statuses].filter(([, status]) => status === 500)).toEqual([])
  expect(statuses.get('POST /data/mutate/:dataset production')).toBe(503)
  expect(statuses.get('PUT /datasets/:dataset another')).toBe(503)
  expect(failures).toEqual([])
  rmSync(dataDir, {recursive: true})
})

test('a release that comes due while the lake closes is published at the next start, without an error', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lake-closed-'))
  const failures: unknown[] = []
  const open = () => createLake({dataDir, onError: (error) => failures.push(error)})
  const lake = open()
  const url = 'http://localhost/v2025-02-19/data'
  const send = (path: string, body: object) =>
    lake.fetch(
      new Request(`${url}/${path}/production`, {
        method: 'POST',
        headers: {authorization: `Bearer ${lake.token}`},
        body: JSON.stringify(body),
      }),
    )
  const publishAt = new Date(Date.now() + 500).toISOString()
  const created = await send('actions', {
    actions: [
      {actionType: 'sanity.action.release.create', releaseId: 'r', metadata: {releaseType: 'asap'}},
      {
        actionType: 'sanity.action.document.version.create',
        publishedId: 'a',
        document: {_id: 'versions.r.a', _type: 'note'},
      },
      {actionType: 'sanity.action.release.schedule', releaseId: 'r', publishAt},
    ],
  })
  expect(created.status).toBe(200)
  // Writes that keep the queue busy when the release comes due and when the lake is closed.
  const notes = Array.from({length: 3000}, () => ({create: {_type: 'note', text: 'x'.repeat(500)}}))
  const writes = Array.from({length: 12}, () => send('mutate', {mutations: notes}))
  await new Promise((resolve) => setTimeout(resolve, 600))
  await lake.close()
  const statuses = (await Promise.all(writes)).map(({status}) => status)
  expect(statuses.at(-1)).toBe(503)
  expect(failures).toEqual([])
  const again = open()
  const answer = await again.fetch(
    new Request(`${url}/query/production?query=*[_id=="a"]._id`, {
      headers: {authorization: `Bearer ${again.token}`},
    }),
  )
  expect(await answer.json()).toMatchObject({result: ['a']})
  await again.close()
  expect(failures).toEqual([])
  rmSync(dataDir, {recursive: true})
})
