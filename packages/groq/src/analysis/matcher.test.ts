import {expect, it} from 'vitest'

import {memorySource} from '../source/memorySource.ts'
import {documentsFrom} from '../spec/testDocuments.ts'
import {compileMatcher} from './matcher.ts'

const context = {identity: 'me', now: () => Date.UTC(2025, 0, 1)}

const heard = (query: string, params = {}) => {
  const matches = compileMatcher(query, params, context)
  return documentsFrom([
    {_id: 'a', _type: 'article', n: 1, link: {_ref: 'x'}},
    {_id: 'drafts.b', _type: 'article', n: 2},
    {_id: 'c', _type: 'topic', _updatedAt: '2026-01-01T00:00:00Z'},
  ])
    .filter((document) => matches(document))
    .map(({_id}) => _id)
}

it.each([
  ['*', ['a', 'drafts.b', 'c']],
  ['*[_type == "article"]', ['a', 'drafts.b']],
  ['*[_type == "article"][n > 1]', ['drafts.b']],
  ['*[_type == "article"] | order(n) [0...1] {n}', ['a', 'drafts.b']],
  ['*[_type == "article"][0][n > 100]', ['a', 'drafts.b']],
  ['{"x": count(*[_type == "topic"])}', ['c']],
  ['{"x": {"y": *[_type == "topic"]}, "z": *[_type == "article"]}', ['c']],
  ['*[references("x")]', ['a']],
  ['*[_id in path("drafts.**")]', ['drafts.b']],
  ['*[sanity::versionOf("b")]', ['drafts.b']],
  ['*[_updatedAt > now()]', ['c']],
  ['*[link->n == 1]', []],
])('%s', (query, ids) => {
  expect(heard(query)).toEqual(ids)
})

it('takes parameters, and says when one is missing', () => {
  expect(heard('*[_type == $type]', {type: 'topic'})).toEqual(['c'])
  expect(() => heard('*[_type == $type]')).toThrow('param $type')
  expect(() => heard('1 + 1')).toThrow('*[filter]')
  expect(() => heard('*[')).toThrow('unexpected end-of-file')
})

it('follows references if it has a source', () => {
  const [document] = documentsFrom([{_id: 'a', link: {_ref: 'b'}}])
  const source = memorySource(documentsFrom([{_id: 'b', n: 1}]))
  const matches = compileMatcher('*[link->n == 1]', {}, {...context, source})
  expect(document && matches(document)).toBe(true)
})
