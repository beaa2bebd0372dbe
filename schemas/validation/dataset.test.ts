/** Uniqueness over a dataset: which documents count as holders of a value, and which do not. */
import {readdirSync, readFileSync} from 'node:fs'

import {afterAll, beforeAll, expect, test} from 'vitest'

import {openNewsroom} from '../../tests/schema/newsroom.ts'
import {otherHolder} from './dataset.ts'

const topic = (_id: string, name: string, value: string) => ({
  _id,
  _type: 'topic',
  name,
  slug: {_type: 'slug', current: value},
})

let newsroom: Awaited<ReturnType<typeof openNewsroom>>

beforeAll(async () => {
  newsroom = await openNewsroom([
    topic('own', 'Own', 'own'),
    topic('drafts.own', 'Own', 'own-draft'),
    topic('versions.rSpring.own', 'Own', 'own-version'),
    topic('published', 'Published', 'published'),
    topic('drafts.draft', 'Draft', 'draft'),
    topic('versions.rSpring.version', 'Version', 'version'),
    {...topic('person', 'Person', 'shared'), _type: 'author'},
    topic('first', 'First', 'several'),
    topic('second', 'Second', 'several'),
  ])
})

afterAll(() => newsroom.close())

/** Asks for the document `_id`, which is a topic. */
const holderOf = (slug: string, _id: string, mainly?: string) =>
  otherHolder(
    {
      getClient: ({apiVersion}) => newsroom.client.withConfig({apiVersion}),
      document: {_id, _type: 'topic', _createdAt: '', _updatedAt: '', _rev: ''},
    },
    {type: 'topic', holds: 'slug.current == $slug', params: {slug}, mainly},
  )

const mainly = (name: string) => holderOf('several', 'own', `name == "${name}"`)

test.each(['published', 'draft', 'version'])('a %s document of the type counts', async (slug) => {
  expect((await holderOf(slug, 'own'))?.title.toLowerCase()).toBe(slug)
})

test.each(['own', 'drafts.own', 'versions.rSpring.own'])(
  'no draft or version of %s itself counts',
  async (id) => {
    for (const slug of ['own', 'own-draft', 'own-version']) {
      expect(await holderOf(slug, id)).toBeNull()
    }
  },
)

test('a document of another type does not count', async () => {
  expect(await holderOf('shared', 'own')).toBeNull()
})

test('of several holders the main one is named', async () => {
  expect(await mainly('First')).toEqual({title: 'First', mainly: true})
  expect(await mainly('Second')).toEqual({title: 'Second', mainly: true})
  expect(await mainly('Third')).toMatchObject({mainly: false})
})

test('no rule asks for other versions of its document in a way of its own', () => {
  const rules = readdirSync(import.meta.dirname).filter((file) => !/dataset|\.test\./.test(file))
  expect(rules.length).toBeGreaterThan(5)
  const own = rules.filter((file) =>
    readFileSync(`${import.meta.dirname}/${file}`, 'utf8').includes('versionOf'),
  )
  expect(own).toEqual([])
})
