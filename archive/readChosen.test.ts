/** Importing only some stories of an archive. */
import {expect, test} from 'vitest'

import {testLake} from '../tests/archive/testLake.ts'
import {readChosen} from './readChosen.ts'
import {isBalanced} from './report/tally.ts'

const post = (id: string): object => ({
  id,
  title: `Story ${id}`,
  slug: 'same',
  html: '<p>Words.</p>',
  status: 'published',
  url: `https://old.example/${id}/`,
  published_at: '2023-05-01T09:30:00.000Z',
})

test('by id or address; ids and slugs are those of the whole archive', async () => {
  await using lake = await testLake()
  const {client} = lake
  const path = await lake.put('a.json', JSON.stringify({posts: ['a', 'b', 'c'].map(post)}))
  const list = await lake.put(
    '../only.txt',
    '# two of three\n\na\nhttps://old.example/c/\n/gone/\n',
  )
  const report = await lake.run([path], {only: await readChosen(list)})
  expect(Array.from(report.stories, ({title}) => title)).toEqual(['Story a', 'Story c'])
  expect(report.others).toEqual({'story that was not chosen': 1})
  expect(report.refused).toEqual([
    {
      place: `${list}:5`,
      reason: 'expected the id, address or slug of a story in the archive, found /gone/',
    },
  ])
  expect(isBalanced(report)).toBe(true)
  const chosen = await client.fetch<unknown[]>('*[_type == "article"]{_id, slug} | order(_id)')
  await lake.run([path])
  const all = await client.fetch<unknown[]>('*[_type == "article"]{_id, slug} | order(_id)')
  expect(all).toHaveLength(3)
  expect(all).toEqual(expect.arrayContaining(chosen))
})
