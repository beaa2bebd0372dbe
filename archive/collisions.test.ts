/** Two sites with equal ids: nothing is silently lost or taken for the other site's. */
import {expect, test} from 'vitest'

import {testLake} from '../tests/archive/testLake.ts'
import {isBalanced} from './report/tally.ts'

const post = (title: string, more: object = {}): object => ({
  id: 1,
  title,
  slug: title.toLowerCase(),
  html: `<p>Words of ${title}.</p>`,
  status: 'published',
  published_at: `2023-05-0${title.length}T09:30:00.000Z`,
  ...more,
})

const ghost = (...posts: object[]): string => JSON.stringify({posts})

const authors = (name: string): object => ({authors: [{id: 1, name}]})

const refusal = (place: string, other: string) => ({
  place,
  reason: expect.stringContaining(`found the id of ${other}, a story with another slug`),
})

test('two stories with one id are refused, whatever their order; copies of one story are not', async () => {
  await using lake = await testLake()
  const one = await lake.put('one.json', ghost(post('Bridge')))
  const two = await lake.put('two.json', ghost(post('Dam'), post('Later dam', {slug: 'dam'})))
  const three = await lake.put(
    'three.json',
    ghost(post('Own', {id: 2}), post('New', {id: 2, slug: 'own'})),
  )
  for (const paths of [
    [one, two, three],
    [three, two, one],
  ]) {
    const report = await lake.run(paths, {dryRun: true})
    expect(Array.from(report.stories, ({title}) => title)).toEqual(['New'])
    expect(report.refused.length + report.superseded.length).toBe(4)
    expect(report.refused).toContainEqual(
      expect.objectContaining({place: expect.stringContaining('one.json')}),
    )
    expect(isBalanced(report)).toBe(true)
  }
  const {refused} = await lake.run([one, two])
  expect(refused).toEqual([
    refusal(`${two} posts[0]`, `${one} posts[0]`),
    refusal(`${one} posts[0]`, `${two} posts[0]`),
    refusal(`${two} posts[1]`, `${one} posts[0]`),
  ])
})

test('a story that the dataset has from another site is refused; with a source of its own it is written', async () => {
  await using lake = await testLake()
  const one = await lake.put('one.json', ghost(post('Bridge', authors('Ada Quill'))))
  const two = await lake.put(
    'two.json',
    ghost(post('Dam', authors('Ben Reed')), post('Sea', {id: 2, ...authors('Ben Reed')})),
  )
  await lake.run([one])
  const second = await lake.run([two])
  expect(second.refused).toEqual([
    {
      place: `${two} posts[0]`,
      reason: expect.stringContaining('found the id of a story in the dataset'),
    },
  ])
  expect(second.flags).toEqual({otherAuthor: 1})
  expect(isBalanced(second)).toBe(true)
  const apart = await lake.run([two], {site: {section: 'News', source: 'second site'}})
  expect(apart.refused).toEqual([])
  const bylines = await lake.client.fetch(
    '*[_type == "article" && headline in ["Bridge", "Dam"]] | order(headline) {headline, "by": byline[].author->name}',
  )
  expect(bylines).toEqual([
    {headline: 'Bridge', by: ['Ada Quill']},
    {headline: 'Dam', by: ['Ben Reed']},
  ])
  // Again, and with a headline that an editor changed: the same story.
  await lake.client.patch({query: '*[headline == "Bridge"]'}).set({headline: 'Bridges'}).commit()
  expect((await lake.run([one])).refused).toEqual([])
})

test('one id of an author with two names is flagged', async () => {
  await using lake = await testLake()
  const path = await lake.put(
    'a.json',
    ghost(post('Bridge', authors('Ada')), post('Dam', {id: 2, ...authors('Ben')})),
  )
  expect((await lake.run([path])).flags).toEqual({sameAuthorId: 2})
})
