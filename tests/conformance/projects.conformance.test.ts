import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

describe('GET /users', () => {
  test('who is signed in', async () => {
    const me = await target.client().users.getById('me')
    expect(me).toMatchObject({id: expect.any(String), name: expect.any(String)})
    expect(me).toHaveProperty('roles', [expect.objectContaining({name: 'administrator'})])
    const failure = await failureOf(target.anonymous().users.getById('me'))
    expect(failure).toMatchObject({statusCode: 401})
  })

  test('somebody by id', async () => {
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

    await client.datasets.delete(name)
    await client.datasets.delete(copy)
    expect(await failureOf(inside.fetch('*'))).toMatchObject({statusCode: 404})
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
