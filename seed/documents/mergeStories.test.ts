import {describe, expect, test} from 'vitest'

import {parseStory} from '../parse/parseStory.ts'
import type {ReadStory} from '../readStories.ts'
import {mergeStories} from './mergeStories.ts'

interface Wording {
  site?: string
  headline?: string
  time?: string
  bio?: string
  mostRead?: string
}

function story(file: string, wording: Wording): ReadStory {
  const {site = 'unilad', headline = file, time = '14 Feb 2021 12:31', bio, mostRead} = wording
  const text = [
    `date 2021-02-15 ${site}`,
    headline,
    `by : Ada Quill on : ${time}`,
    `A sentence of ${headline}.`,
    ...(bio ? ['If you have a story, send it to us via tips@example.org'] : []),
    ...(mostRead ? ['Most Read Stories', mostRead, mostRead] : []),
    ...(bio ? ['Ada Quill', bio] : []),
    'Topics: News',
  ].join('\n')
  return {file, story: parseStory(file, new TextEncoder().encode(text))}
}

const author = 'author-' // the one author of these stories
const find = (merged: ReturnType<typeof mergeStories>, start: string): unknown =>
  [...merged.documents.values()].find(({_id}) => _id.startsWith(start))

test('stories share their documents', () => {
  const {documents, stories, disagreements} = mergeStories([story('a', {}), story('b', {})])
  expect([...documents.keys()].filter((id) => id.startsWith('article'))).toHaveLength(2)
  expect([...documents.keys()].filter((id) => id.startsWith(author))).toHaveLength(1)
  expect(stories.map(({file}) => file)).toEqual(['a', 'b'])
  expect(disagreements).toEqual([])
})

test('the later story wins, in any order of files, and the disagreement is reported', () => {
  const early = story('z', {time: '1 Feb 2021 10:00', bio: 'Ada is new.', mostRead: 'One'})
  const late = story('a', {time: '2 Feb 2021 10:00', bio: 'Ada is not new.', mostRead: 'Two'})
  const merged = mergeStories([late, early])
  expect(merged).toEqual(mergeStories([early, late]))
  expect(merged.stories.map(({file}) => file)).toEqual(['z', 'a'])
  expect(find(merged, author)).toMatchObject({bio: 'Ada is not new.'})
  expect(find(merged, 'mostRead')).toMatchObject({items: [{headline: 'Two'}]})
  expect(merged.disagreements).toMatchObject([
    {field: 'bio', taken: 'a', left: 'z'},
    {id: 'mostRead-unilad-20210215', field: 'items', taken: 'a', left: 'z'},
  ])
})

test('fields missing from a later story stay', () => {
  const merged = mergeStories([
    story('a', {time: '1 Feb 2021 10:00', bio: 'Ada is new.'}),
    story('b', {time: '2 Feb 2021 10:00'}),
  ])
  expect(find(merged, author)).toMatchObject({bio: 'Ada is new.'})
  expect(merged.disagreements).toEqual([])
})

test('the same bytes in two files are refused the second time', () => {
  const {stories, refused} = mergeStories([
    story('b', {headline: 'Twice'}),
    story('a', {headline: 'Twice'}),
  ])
  expect(stories.map(({file}) => file)).toEqual(['a'])
  expect(refused.map(({message}) => message)).toEqual([
    'b: expected a story that no other file has, found the story of a again',
  ])
})

const capture = (file: string, day: string, headline: string, body: string): ReadStory => {
  const text = [`date ${day} unilad`, headline, 'by : Ada Quill on : 14 Feb 2021 12:31', body]
  return {file, story: parseStory(file, new TextEncoder().encode(`${text.join('\n')}\n`))}
}
describe('two captures of one page', () => {
  const first = capture('z', '2021-02-15', 'Gull Walks In', 'One gull.\nIt left.')
  const second = capture(
    'a',
    '2021-02-16',
    'Gull Walks In, Leaves',
    'One gull.\nIt left.\nIt is back.',
  )

  test('are one article: the words of the later, the id of the first, the others listed', () => {
    const merged = mergeStories([second, first])
    expect(merged).toEqual(mergeStories([first, second]))
    const [only, ...others] = merged.stories
    expect(others).toEqual([])
    expect(only).toMatchObject({file: 'a', earlierCaptures: ['z']})
    expect(only?.article).toBe(mergeStories([first]).stories[0]?.article)
    expect(only?.review.map(({code}) => code)).toContain('changedHeadline')
    expect(merged.documents.get(only?.article ?? '')).toMatchObject({
      headline: 'Gull Walks In, Leaves',
      provenance: {
        capturedOn: '2021-02-16',
        earlierCaptures: [{file: 'z', capturedOn: '2021-02-15', headline: 'Gull Walks In'}],
      },
    })
  })

  test('another story of the same minute and author is another article', () => {
    const other = capture('b', '2021-02-16', 'Fog', 'There was fog.\nIt left.')
    expect(mergeStories([first, other]).stories).toHaveLength(2)
  })
})

test('two documents never share an address', () => {
  const {documents} = mergeStories([
    story('a', {headline: 'Again', time: '1 Feb 2021 10:00'}),
    story('b', {headline: 'Again', time: '2 Feb 2021 10:00'}),
    story('c', {headline: 'Again', time: '3 Feb 2021 10:00', site: 'another'}),
  ])
  const slugs = [...documents.values()].flatMap((one) =>
    'slug' in one ? [`${one._type} ${one.slug.current}`] : [],
  )
  expect(new Set(slugs).size).toBe(slugs.length)
  expect(slugs).toContain('article again')
  expect(slugs.filter((slug) => /^article again-[0-9a-f]{8}$/.test(slug))).toHaveLength(2)
  expect(slugs.filter((slug) => /^author ada-quill(-[0-9a-f]{8})?$/.test(slug))).toHaveLength(2)
})
