import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
beforeAll(async () => {
  target = await openTarget()
  const {id} = target
  await target
    .client()
    .transaction()
    .create({_id: id('a'), _type: 'note', text: 'published'})
    .create({_id: `drafts.${id('a')}`, _type: 'note', text: 'draft'})
    .commit()
})
afterAll(() => target.close())

describe('GET /data/doc', () => {
  test('one document by its exact id', async () => {
    const document = await target.client().getDocument(`drafts.${target.id('a')}`)
    expect(document).toMatchObject({_id: `drafts.${target.id('a')}`, text: 'draft'})
    expect(await target.client().getDocument(target.id('missing'))).toBeUndefined()
  })

  test('several documents, null where there is none', async () => {
    const ids = [target.id('missing'), target.id('a')]
    expect(await target.client().getDocuments(ids)).toEqual([
      null,
      expect.objectContaining({text: 'published'}),
    ])
  })

  test('all versions of a document', async () => {
    const versions = await target.client().getDocument(target.id('a'), {includeAllVersions: true})
    expect(versions.map(({_id}) => _id).toSorted()).toEqual([
      `drafts.${target.id('a')}`,
      target.id('a'),
    ])
  })

  test('says what is left out and why', async () => {
    const ids = [target.id('a'), target.id('missing'), `drafts.${target.id('a')}`]
    const ask = async (headers: Record<string, string>) => {
      const url = target.url(`/data/doc/${target.dataset}/${ids.join(',')}?excludeContent=true`)
      const response = await fetch(url, {
        headers: {'x-sanity-project-id': target.projectId, ...headers},
      })
      return response.json()
    }
    const signedIn = await ask({authorization: `Bearer ${target.token}`})
    expect(signedIn.omitted).toEqual([{id: target.id('missing'), reason: 'existence'}])
    expect(signedIn.documents).toHaveLength(2)
    const signedOut = await ask({})
    expect(signedOut.omitted).toContainEqual({id: ids[2], reason: 'permission'})
    expect(signedOut.documents).toHaveLength(1)
  })
})
