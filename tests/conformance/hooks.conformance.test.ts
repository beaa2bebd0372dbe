import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {failureOf} from './failureOf.ts'
import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

interface Hook {
  readonly id: string
  readonly [field: string]: unknown
}

const settings = () => ({
  type: 'document',
  name: target.id('hook'),
  dataset: target.dataset,
  url: 'https://example.org/hook',
  rule: {on: ['create', 'update'], filter: '_type == "note"', projection: '{_id}'},
  httpMethod: 'POST',
  headers: {'x-site': 'one'},
  includeDrafts: false,
  apiVersion: 'v2021-03-25',
  secret: 'whisper',
  isDisabledByUser: true,
})

/** Runs the work with a webhook that is deleted afterwards. */
const withHook = async (work: (hook: Hook, path: string) => Promise<void>): Promise<void> => {
  const client = target.client()
  const path = `/hooks/projects/${target.projectId}`
  const hook: Hook = await client.request({url: path, method: 'POST', body: settings()})
  try {
    await work(hook, path)
  } finally {
    await client.request({url: `${path}/${hook.id}`, method: 'DELETE'})
  }
}

describe('/hooks/projects', () => {
  test('create, list, read, change and delete', async () => {
    const client = target.client()
    let address = ''
    await withHook(async (hook, path) => {
      const {secret, ...visible} = settings()
      expect(secret).toBe('whisper')
      expect(hook).toMatchObject({...visible, projectId: target.projectId})
      const all: Hook[] = await client.request({url: path})
      expect(all.map(({id}) => id)).toContain(hook.id)
      address = `${path}/${hook.id}`
      expect(await client.request({url: address})).toMatchObject(visible)
      const body = {name: target.id('renamed'), httpMethod: 'PUT'}
      expect(await client.request({url: address, method: 'PATCH', body})).toMatchObject({
        ...visible,
        ...body,
      })
    })
    expect(await failureOf(client.request({url: address}))).toMatchObject({statusCode: 404})
  })

  test('the log of a webhook that sent nothing', async () => {
    await withHook(async ({id}, path) => {
      for (const log of ['messages', 'attempts']) {
        expect(await target.client().request({url: `${path}/${id}/${log}`})).toEqual([])
      }
    })
  })

  test('rules are checked', async () => {
    const {rule, ...others} = settings()
    const path = `/hooks/projects/${target.projectId}`
    const bodies = [
      {...others, on: rule.on},
      {...others, rule: {...rule, on: ['created']}},
      {...others, rule: {...rule, filter: null}},
    ]
    for (const body of bodies) {
      const answer = target.client().request({url: path, method: 'POST', body})
      expect(await failureOf(answer)).toMatchObject({statusCode: 400})
    }
  })
})
