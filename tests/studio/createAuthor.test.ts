/** An author made from a name in a byline, in a real dataset. */
import {afterAll, beforeAll, expect, test} from 'vitest'

import {createAuthor} from '../../studio/form/references/createAuthor.ts'
import {openNewsroom} from '../schema/newsroom.ts'

let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom([
    {_id: 'known', _type: 'author', name: 'Ada Quill', slug: {_type: 'slug', current: 'ada-quill'}},
    {_id: 'drafts.d', _type: 'author', name: 'Eve', slug: {_type: 'slug', current: 'jose-diaz'}},
  ])
})

afterAll(() => newsroom.close())

const create = (name: string) => createAuthor(newsroom.client, name, () => `new-${name.length}`)

test('the author who has the name already is taken', async () => {
  expect(await create('Ada Quill')).toBe('known')
})

test('a new author is published, with an address that nobody has', async () => {
  const id = await create('José Díaz')
  expect(await newsroom.client.getDocument(id)).toMatchObject({
    _id: 'new-9',
    name: 'José Díaz',
    slug: {current: 'jose-diaz-2'},
    kind: 'person',
    active: true,
  })
})
