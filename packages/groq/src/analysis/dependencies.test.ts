import {describe, expect, it} from 'vitest'

import {prepareQuery} from '../query/query.ts'
import {dependenciesOf} from './dependencies.ts'

const of = (query: string, params = {}) => dependenciesOf(prepareQuery(query, params), params)

describe('what an answer depends on', () => {
  it.each([
    ['*[_type == "a"]{x}', ['a'], []],
    ['*[_type == "a" && x > 1] | order(x) [0...10]', ['a'], []],
    ['*[_type in ["a", "b"]]', ['a', 'b'], []],
    ['*[_type in $types]', ['t1', 't2'], []],
    ['*[_id == $id][0]', [], ['i1']],
    ['*[_type == "a" && _id == $id]', [], ['i1']],
    ['*[_type == "a"]{"n": count(*[_type == "b" && references(^._id)])}', ['a', 'b'], []],
    ['*[_type == "a" || _type == "b" && x]', ['a', 'b'], []],
    ['{"a": *[_type == "a"], "b": *[_type == "b"]}', ['a', 'b'], []],
    ['releases::all()', ['system.release'], []],
    ['1 + 1', [], []],
    ['*[_type == 5]', [], []],
  ])('%s', (query, types, ids) => {
    expect(of(query, {types: ['t1', 't2'], id: 'i1'})).toMatchObject({
      everything: false,
      types,
      ids,
      time: false,
      identity: false,
    })
  })

  it.each([
    '*',
    '*[x == 1]',
    '*[_type == "a" || x]',
    '*[_type == ^.t]',
    '*[_type != "a"]',
    'count(*)',
    '*[slug.current == "x"]',
    '*[_type == "a" && author->name == "x"]',
  ])('%s: everything', (query) => {
    expect(of(query).everything).toBe(true)
  })

  const params = {slug: 's1', list: [1, true], long: 'x'.repeat(300), none: null, id: 'i1'}
  const bySlug = {by: 'key', types: ['a'], path: 'slug.current', values: ['s1']}
  it.each([
    ['*[_type == "a" && slug.current == $slug][0]', [bySlug]],
    ['*[_type == "a"][$slug == (slug.current)] | order(x) [0]', [bySlug]],
    ['*[_type == "a" && language == "en" && slug.current == $slug]', [bySlug]],
    ['*[_type == "a" && slug.current in [$slug]]', [bySlug]],
    ['*[_type == "a" && n in $list]', [{by: 'key', types: ['a'], path: 'n', values: [1, true]}]],
    ['*[_type == "a" && slug.current == $long]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && slug.current == $none]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && slug.current == ^.x]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && slug.current != $slug]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && tags[0] == $slug]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && _originalId == $slug]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && references($id)]', [{by: 'reference', types: ['a'], ids: ['i1']}]],
    ['*[_type == "a" && $id in topics[]._ref]', [{by: 'reference', types: ['a'], ids: ['i1']}]],
    ['*[_type == "a" && references(^._id)]', [{by: 'type', types: ['a']}]],
    ['*[_type == "a" && (slug.current == $slug || _id == $id)]', [bySlug, {by: 'id', ids: ['i1']}]],
    [
      '*[_type == "a" && slug.current == $slug]{"n": count(*[_type == "b"])}',
      [bySlug, {by: 'type', types: ['b']}],
    ],
  ])('%s, as narrow as possible', (query, selections) => {
    expect(of(query, params)).toMatchObject({everything: false, selections})
  })

  it('time and user', () => {
    expect(of('*[_type == "a" && x < now()]')).toMatchObject({time: true, identity: false})
    expect(of('*[_type == "a" && owner == identity()]')).toMatchObject({identity: true})
    expect(of('dateTime::now()')).toMatchObject({time: true})
  })
})
