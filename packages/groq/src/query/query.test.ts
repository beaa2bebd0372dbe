import {describe, expect, it} from 'vitest'

import {memorySource} from '../source/memorySource.ts'
import {answer, documentsFrom, plainAnswer} from '../spec/testDocuments.ts'
import {prepareQuery, queryKey, runQuery} from './query.ts'

describe('parameters', () => {
  it('must all be given, null included', () => {
    const source = memorySource([])
    expect(() => runQuery(prepareQuery('$a'), {source})).toThrow('param $a referenced')
    expect(() => answer('*[false]{"x": $a}')).toThrow('param $a referenced')
    expect(answer('$a', [], {params: {a: null}})).toBeNull()
    expect(() => answer('$toString')).toThrow('param $toString referenced')
  })

  it('decide what brackets mean', () => {
    const list = {list: [10, 20], name: 'b'}
    const in_ = (x: number | string | boolean) => answer('$list[$x]', [], {params: {...list, x}})
    expect(in_(1)).toBe(20)
    expect(in_('a')).toBeNull()
    expect(in_(true)).toEqual([10, 20])
    expect(answer('$o[$name]', [], {params: {o: {b: 1}, name: 'b'}})).toBe(1)
    expect(answer('$list[0...$n]', [], {params: {...list, n: 1}})).toEqual([10])
    expect(answer('$list[$n - 1]', [], {params: {...list, n: 2}})).toBe(20)
    expect(answer('$o["b" + $name]', [], {params: {o: {bb: 2}, name: 'b'}})).toBe(2)
    expect(answer(`$o[('$x' + $name)]`, [], {params: {o: {$xb: 3}, name: 'b'}})).toBe(3)
    expect(() => answer('$list[0...$n]', [], {params: list})).toThrow('constant')
  })

  it('key a prepared query only where they do', () => {
    expect(queryKey('*[a == $x]', {x: 1})).toBe('*[a == $x]')
    expect(queryKey('*[0...$n]', {n: 1})).not.toBe(queryKey('*[0...$n]', {n: 2}))
    expect(queryKey('*[0...$n]', {n: 1, other: 1})).toBe(queryKey('*[0...$n]', {n: 1, other: 2}))
  })
})

describe('datetimes, paths and geographies', () => {
  const time = '2026-01-02T03:04:05Z'
  const documents = documentsFrom([{_id: 'a', at: time, list: [{at: time}]}])
  const source = memorySource(documents)

  it.each([
    '*[dateTime(at) <= dateTime($now)]',
    '*[_id in path("*") && count(list[dateTime(at) < dateTime(now())]) > 0] | order(dateTime(at) desc)',
    '*[select(dateTime(at) > dateTime($now) => false, true)][0...2]',
  ])('cost the answer no copy where it holds none: %s', (query) => {
    const {value} = runQuery(prepareQuery(query), {source, params: {now: '2027-01-01T00:00:00Z'}})
    expect(Array.isArray(value) && value[0]).toBe(documents[0])
  })

  it.each([
    ['dateTime(*[0].at)', time],
    ['coalesce(null, dateTime(*[0].at))', time],
    ['dateTime(*[0].at) + 5', '2026-01-02T03:04:10Z'],
    ['select(true => dateTime(*[0].at))', time],
    ['*[0]{"d": dateTime(at)}.d', time],
    ['*[0]{"o": {"l": [{"d": dateTime(at)}]}}{"d": o.l[0].d}.d', time],
    ['*[0]{"d": list[].at}{"d": dateTime(d[0])}.d', time],
    ['*[0]{true => {"d": dateTime(at)}}.d', time],
    ['[dateTime(*[0].at)][@ <= dateTime(now())][0]', time],
    ['([dateTime(*[0].at)] | order(@))[0]', time],
    ['{"p": path("a.*")}.p', 'a.*'],
  ])('become JSON in %s', (query, expected) => {
    expect(plainAnswer(query, {source})).toBe(expected)
  })
})

describe('surroundings', () => {
  it('answer for the user and the dataset', () => {
    const options = {identity: 'me', projectId: 'p', dataset: 'production'}
    expect(answer('[identity(), sanity::projectId(), sanity::dataset()]', [], options)).toEqual([
      'me',
      'p',
      'production',
    ])
  })

  it('do not resolve references into other datasets', () => {
    const documents = [{_id: 'a', link: {_ref: 'a', _dataset: 'other'}, own: {_ref: 'a'}}]
    expect(answer('*[0]{"x": link->_id, "y": own->_id}', documents, {dataset: 'this'})).toEqual({
      x: null,
      y: 'a',
    })
  })

  it('include before and after in delta mode', () => {
    const [before = null, after = null] = documentsFrom([
      {_id: 'a', title: 'x', n: 1},
      {_id: 'a', title: 'y', n: 1},
    ])
    const query = prepareQuery(
      '{"o": delta::operation(), "t": delta::changedAny(title), "n": delta::changedOnly(n), "b": before().title}',
      {},
      {mode: 'delta'},
    )
    const source = memorySource([])
    expect(runQuery(query, {source, before, after}).value).toEqual({
      o: 'update',
      t: true,
      n: false,
      b: 'x',
    })
    expect(runQuery(query, {source, after}).value).toMatchObject({o: 'create', b: null})
    expect(() => prepareQuery('before()')).toThrow('before')
  })
})

const grown = (seed: string, growth: string) => `{"x": ${seed}}${growth.repeat(40)}`

const chain = (length: number) => Array.from({length}, (_, n) => `_id == "d${n}"`).join(' || ')
const list = (length: number) => Array.from({length}, (_, n) => `"d${n}"`).join(',')

describe('limits', () => {
  const documents = Array.from({length: 2000}, (_, n) => ({_id: `d${n}`}))
  const crossing = 'count(*[count(*[_id > ^._id]) > 2000])'

  it('end a query that runs too long', () => {
    expect(() => answer(crossing, documents, {timeLimit: 20})).toThrow('ran for too long')
  })

  it('end a query whose client has gone', () => {
    let asked = 0
    const cancelled = () => ++asked > 3
    expect(() => answer(crossing, documents, {cancelled})).toThrow('client went away')
  })

  it('end a query that would fill the memory', () => {
    expect(() => answer(grown('[1, 2, 3, 4]', '{"x": x + x}'))).toThrow('too large arrays')
    expect(() => answer(grown('"text"', '{"x": x + x}'))).toThrow('too much text')
    expect(() => answer(grown('1', '{"x": [x, x]}'))).toThrow('bytes allowed')
    expect(() => answer('*._id', documents, {mostBytes: 1000})).toThrow('1000 bytes')
    expect(answer('*[0...10]._id', documents, {mostBytes: 1000})).toHaveLength(10)
  })

  it('end a query whose few elements are large', () => {
    const referring = documents.slice(0, 300).map(({_id}) => ({_id, large: {_ref: 'large'}}))
    const large = [...referring, {_id: 'large', text: 'a'.repeat(1_000_000)}]
    const query = '*[0...300]{"a": large->}'
    expect(() => answer(query, large)).toThrow('bytes allowed')
  })

  it('let long chains through, and no endless ones', () => {
    expect(answer(`count(*[${chain(1200)}])`, documents)).toBe(1200)
    expect(() => answer(`*[${chain(8000)}]`)).toThrow('Too many operators')
    expect(answer(`count(*[_id in [${list(3000)}]])`, documents)).toBe(2000)
    expect(() => answer(`[${list(50_000)}]`)).toThrow('or elements')
  })

  it('leave nothing behind in a prepared query', () => {
    const query = prepareQuery('*[_id in *[n > 1]._id]._id')
    const first = memorySource(documentsFrom([{_id: 'a', n: 2}]))
    const second = memorySource(documentsFrom([{_id: 'a', n: 0}]))
    expect(runQuery(query, {source: first}).value).toEqual(['a'])
    expect(runQuery(query, {source: second}).value).toEqual([])
  })
})

describe('the report', () => {
  it('says what was read', () => {
    const source = memorySource(documentsFrom([{_id: 'a', link: {_ref: 'b'}}, {_id: 'b'}]))
    const {report} = runQuery(prepareQuery('*[_id == "a"]{"x": link->_id}'), {source})
    expect(report.reads()).toEqual([{access: 'everything', times: 1, candidates: 2}])
    expect(report.dereferenced()).toEqual(['b'])
  })

  it('shows that reading stops when enough is found', () => {
    const source = memorySource(documentsFrom([{_id: 'a'}, {_id: 'b'}, {_id: 'c'}]))
    const documentsRead = (query: string) =>
      runQuery(prepareQuery(query), {source}).report.documents
    expect(documentsRead('*[0]')).toBe(1)
    expect(documentsRead('*[_id != "a"][0]._id')).toBe(2)
    expect(documentsRead('*[0...2]{_id}')).toBe(2)
    expect(documentsRead('*[-1]')).toBe(3)
    expect(documentsRead('"b" in *._id')).toBe(2)
    expect(documentsRead('*|order(_id)[0]')).toBe(1)
  })
})
