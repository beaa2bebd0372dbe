import type {SanityClient} from '@sanity/client'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

/** The text of a document after each transaction in its dataset's history. */
const texts = async (client: SanityClient, id: string): Promise<string[]> => {
  const base = `/data/history/${client.config().dataset}`
  const lines: string | undefined = await client.request({
    url: `${base}/transactions/${id}?excludeContent=true`,
  })
  const revisions = (lines ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): string => JSON.parse(line).id)
  return Promise.all(
    revisions.map(async (revision) => {
      const {documents} = await client.request({
        url: `${base}/documents/${id}?revision=${revision}`,
      })
      return documents[0].text
    }),
  )
}

describe('GET /users', () => {
  test('who is signed in', async () => {
    const me = await target.client().users.getById('me')
    expect(me).toMatchObject({id: expect.any(String), name: expect.any(String)})
    expect(me).toHaveProperty('roles', [expect.objectContaining({name: 'administrator'})])
    const failure = await failureOf(target.anonymous().users.getById('me'))
    expect(failure).toMatchObject({statusCode: 401})
  })

  test('a user by id', async () => {
    const {id} = await target.client().users.getById('me')
    expect(await target.client().users.getById(id)).toMatchObject({displayName: expect.any(String)})
  })
})

describe('GET /projects', () => {
  test('the project and its members', async () => {
    const project = await target.client().projects.getById(target.projectId)
    expect(project).toMatchObject({id: target.projectId, members: expect.any(Array)})
    expect(project.members.some(({isCurrentUser}) => isCurrentUser)).toBe(true)
  })

  test('the grants of a dataset', async () => {
    const grants = await target.client().request({
      url: `/projects/${target.projectId}/datasets/${target.dataset}/acl`,
    })
    expect(grants).toContainEqual({
      filter: '_id in path("**")',
      permissions: expect.arrayContaining(['read', 'create', 'update', 'history']),
    })
  })

  test('origins: list, add and delete', async () => {
    const client = target.client({apiVersion: '2025-08-14'})
    const url = `/projects/${target.projectId}/cors`
    const origin = `https://${target.id('site')}.example.org`
    const {id} = await client.request({
      method: 'POST',
      url,
      body: {origin, allowCredentials: false},
    })
    const listed = expect.objectContaining({id, origin, allowCredentials: false})
    expect(await client.request({url})).toContainEqual(listed)
    await client.request({method: 'DELETE', url: `${url}/${id}`})
    expect(await client.request({url})).not.toContainEqual(listed)
  })

  test('features', async () => {
    const features = await target.client().request({url: '/features'})
    expect(features).toContain('contentReleases')
  })

  test('whether a release may be created', async () => {
    const url = `/projects/${target.projectId}/new-content-release-allowed`
    const {data} = await target.client({apiVersion: 'X'}).request({url})
    expect(data).toMatchObject({
      orgActiveReleaseCount: expect.any(Number),
      datasetReleaseLimit: expect.any(Number),
    })
  })
})

describe('PUT /users/me/keyvalue', () => {
  test('keeps what the Studio remembers', async () => {
    const client = target.client({apiVersion: '2026-05-04'})
    const pair = {key: target.id('layout'), value: {compact: true}}
    await client.request({method: 'PUT', url: '/users/me/keyvalue', body: [pair]})
    const kept = await client.request({url: `/users/me/keyvalue/${pair.key}`})
    expect(kept).toEqual([expect.objectContaining(pair)])
    await client.request({method: 'DELETE', url: `/users/me/keyvalue/${pair.key}`})
  })
})

describe('DELETE /users/me/keyvalue', () => {
  test('deletes a value, and answers 404 when there is none', async () => {
    const client = target.client({apiVersion: '2026-05-04'})
    const pair = {key: target.id('layout'), value: {compact: true}}
    const url = `/users/me/keyvalue/${pair.key}`
    await client.request({method: 'PUT', url: '/users/me/keyvalue', body: [pair]})
    await client.request({method: 'DELETE', url})
    expect(await client.request({url})).toEqual([{key: pair.key, value: null}])
    expect(await failureOf(client.request({method: 'DELETE', url}))).toMatchObject({
      statusCode: 404,
    })
  })
})

describe('/datasets', () => {
  test('create, list, edit, copy and delete', async () => {
    const name = target.id('set').toLowerCase()
    const copy = `${name}-copy`
    const client = target.client()
    await client.datasets.create(name, {aclMode: 'private'})
    const inside = target.client({dataset: name})
    await inside.create({_id: 'a', _type: 'note', text: 'one'})
    await client.datasets.edit(name, {aclMode: 'public'})
    expect(await target.anonymous({dataset: name}).fetch('*[_id == "a"][0].text')).toBe('one')
    const listed = await client.datasets.list()
    expect(listed).toContainEqual(expect.objectContaining({name, aclMode: 'public'}))
    expect(await failureOf(client.datasets.create(name))).toMatchObject({statusCode: 409})

    const {jobId} = await client.request({
      method: 'PUT',
      url: `/datasets/${name}/copy`,
      body: {targetDataset: copy},
    })
    await expect
      .poll(async () => (await client.request({url: `/jobs/${jobId}`})).state, {timeout: 20_000})
      .toBe('completed')
    expect(await target.client({dataset: copy}).getDocument('a')).toMatchObject({text: 'one'})
    const jobs = await client.request({url: `/projects/${target.projectId}/datasets/copy`})
    expect(jobs).toContainEqual(
      expect.objectContaining({
        id: jobId,
        state: 'completed',
        sourceDataset: name,
        targetDataset: copy,
        withHistory: true,
      }),
    )

    await client.datasets.delete(name)
    await client.datasets.delete(copy)
    expect(await failureOf(inside.fetch('*'))).toMatchObject({statusCode: 404})
  })

  test('a copy has its own assets and history, and releases unless they are excluded', async () => {
    const name = target.id('origin').toLowerCase()
    const client = target.client()
    await client.datasets.create(name, {aclMode: 'private'})
    const inside = target.client({dataset: name})
    const {_id: asset} = await inside.assets.upload('file', Buffer.from('some text'))
    const file = {_type: 'file', asset: {_type: 'reference', _ref: asset}}
    await inside.create({_id: 'a', _type: 'note', text: 'one', file})
    await inside.patch('a').set({text: 'two'}).commit()
    await inside.releases.create({releaseId: 'rCopied01', metadata: {releaseType: 'asap'}})
    await inside.create({_id: 'versions.rCopied01.a', _type: 'note', text: 'three'})

    const copied = async (suffix: string, options: object): Promise<SanityClient> => {
      const targetDataset = `${name}-${suffix}`
      const url = `/projects/${target.projectId}/datasets/${name}/copy`
      const body = {targetDataset, ...options}
      const {jobId} = await client.request({method: 'PUT', url, body})
      await expect
        .poll(async () => (await client.request({url: `/jobs/${jobId}`})).state, {timeout: 20_000})
        .toBe('completed')
      return target.client({dataset: targetDataset, perspective: 'raw'})
    }
    const withoutSystem = '*[_type in ["note", "system.release"]]._id | order(@)'
    const all = await copied('all', {})
    expect(await all.fetch(withoutSystem)).toEqual([
      '_.releases.rCopied01',
      'a',
      'versions.rCopied01.a',
    ])
    const {url, path} = await all.fetch('*[_id == "a"][0].file.asset->{url, path}')
    expect(path).toContain(`/${name}-all/`)
    expect(url).toContain(path)
    expect(await (await fetch(url)).text()).toBe('some text')
    expect(await texts(all, 'a')).toEqual(['one', 'two'])

    const some = await copied('some', {skipContentReleases: true, skipHistory: true})
    expect(await some.fetch(withoutSystem)).toEqual(['a'])
    expect(await texts(some, 'a')).not.toContain('one')

    for (const suffix of ['', '-all', '-some']) await client.datasets.delete(`${name}${suffix}`)
  })

  test('a dataset for comments', async () => {
    const client = target.client({apiVersion: '2024-11-12'})
    const setUp = () => client.request({method: 'POST', url: `/comments/${target.dataset}/setup`})
    const {datasetName} = await setUp()
    expect(await setUp()).toEqual({datasetName})
    const addons = await client.request({
      url: `/projects/${target.projectId}/datasets?datasetProfile=comments&addonFor=${target.dataset}`,
    })
    expect(addons[0].name).toBe(datasetName)
  })
})

describe('GET /data/references', () => {
  test('counts documents of other datasets that refer to one', async () => {
    const id = target.id('referred')
    await target.client().create({_id: id, _type: 'note'})
    const url = `/data/references/${target.dataset}/documents/${id}/to?excludeInternalReferences=true`
    expect(await target.client().request({url})).toMatchObject({totalCount: 0, references: []})
  })
})

const at = (path: string): string => `/projects/${target.projectId}${path}`

describe('what the official command line asks of a project', () => {
  test('its roles, and that nobody is invited', async () => {
    const client = target.client()
    const roles: readonly {name: string}[] = await client.request({url: at('/roles')})
    expect(roles.map(({name}) => name)).toEqual(
      expect.arrayContaining(['administrator', 'editor', 'viewer']),
    )
    expect(await client.request({url: `/invitations/project/${target.projectId}`})).toEqual([])
  })

  test('embeddings are off, under both addresses', async () => {
    const client = target.client()
    const path = `/datasets/${target.dataset}/settings/embeddings`
    expect(await client.request({url: path})).toEqual({enabled: false})
    expect(await client.request({url: at(path)})).toEqual({enabled: false})
  })

  test('schemas are deployed, listed and deleted', async () => {
    const client = target.client()
    const url = at(`/datasets/${target.dataset}/schemas`)
    const deploy = (title: string) =>
      client.request({
        method: 'PUT',
        url,
        body: {
          schemas: [
            {schema: [{name: 'story'}], version: '2025-05-01', workspace: {name: 'my desk', title}},
          ],
        },
      })
    await deploy('First')
    await deploy('Second')
    const id = '_.schemas.my_desk'
    const schema = {
      _id: id,
      _type: 'system.schema',
      schema: '[{"name":"story"}]',
      workspace: {name: 'my desk', title: 'Second'},
    }
    expect(await client.request({url})).toEqual([expect.objectContaining(schema)])
    expect(await client.request({url: `${url}/${id}`})).toEqual([expect.objectContaining(schema)])
    expect(await target.anonymous().fetch('*[_type == "system.schema"]')).toEqual([])

    const remove = () => client.request({method: 'DELETE', url: `${url}/${id}`})
    expect(await remove()).toEqual({deleted: true})
    expect(await remove()).toEqual({deleted: false})
    expect(await client.request({url})).toEqual([])
  })

  test('a schema without a workspace is refused with the field', async () => {
    const url = at(`/datasets/${target.dataset}/schemas`)
    const body = {schemas: [{schema: []}]}
    const failure = await failureOf(target.client().request({method: 'PUT', url, body}))
    expect(failure).toMatchObject({statusCode: 400, message: expect.stringContaining('workspace')})
  })
})
