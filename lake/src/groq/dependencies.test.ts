import {describe, expect, it} from 'vitest'

import {dependenciesOf} from './dependencies.ts'
import {prepareQuery} from './query.ts'

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
    expect(of(query, {types: ['t1', 't2'], id: 'i1'})).toEqual({
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
  ])('%s: everything', (query) => {
    expect(of(query).everything).toBe(true)
  })

  it('time and user', () => {
    expect(of('*[_type == "a" && x < now()]')).toMatchObject({time: true, identity: false})
    expect(of('*[_type == "a" && owner == identity()]')).toMatchObject({identity: true})
    expect(of('dateTime::now()')).toMatchObject({time: true})
  })
})
