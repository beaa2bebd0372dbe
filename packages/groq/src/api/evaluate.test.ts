import {describe, expect, it} from 'vitest'

import {createMemorySource, evaluate, explain, parse, QueryError} from '../index.ts'

const documents = [
  {_id: 'b', _type: 'article', title: 'B', year: 2026, author: {_ref: 'jane'}},
  {_id: 'a', _type: 'article', title: 'A', year: 1999},
  {_id: 'jane', _type: 'author', name: 'Jane'},
]

const errorOf = (work: () => unknown): QueryError => {
  try {
    work()
  } catch (error) {
    if (error instanceof QueryError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('evaluate', () => {
  it('answers a query over documents, in the order of their ids', () => {
    expect(evaluate('*[_type == "article"].title', {documents})).toEqual(['A', 'B'])
    expect(evaluate('*[_id == "b"][0]{"by": author->name}', {documents})).toEqual({by: 'Jane'})
    expect(evaluate('1 + 1')).toBe(2)
  })

  it('takes parameters, the time and the user', () => {
    const options = {documents, params: {year: 2000}, identity: 'me'}
    expect(evaluate('[count(*[year > $year]), identity()]', options)).toEqual([1, 'me'])
    const now = '2026-01-31T12:00:00.000Z'
    for (const time of [now, new Date(now), Date.parse(now)]) {
      expect(evaluate('now()', {now: time})).toBe(now)
    }
    const names = {projectId: 'p', dataset: 'production'}
    expect(evaluate('[sanity::projectId(), sanity::dataset()]', names)).toEqual(['p', 'production'])
  })

  it('takes undefined for an option that is left out', () => {
    const none = {
      source: undefined,
      params: undefined,
      perspective: undefined,
      now: undefined,
      identity: undefined,
      projectId: undefined,
      dataset: undefined,
      timeLimit: undefined,
      before: undefined,
      after: undefined,
      maxResultBytes: undefined,
    }
    const query = '{"n": count(*), "who": identity(), "where": sanity::dataset()}'
    expect(evaluate(query, {...none, documents})).toEqual(evaluate(query, {documents}))
    expect(evaluate('count(*)', {...none, documents: undefined})).toBe(0)
    expect(parse('*', {params: undefined, mode: undefined})).toEqual(parse('*'))
    expect(createMemorySource(documents, {perspective: undefined}).get('a')).toBeDefined()
  })

  it('reads documents as JSON, and does not change them', () => {
    const date = new Date('2026-01-31T12:00:00Z')
    const document = {_id: 'a', date, none: undefined, list: [undefined]}
    expect(evaluate('*[0]', {documents: [document]})).toEqual({
      _id: 'a',
      date: '2026-01-31T12:00:00.000Z',
      list: [null],
    })
    const frozen = Object.freeze({_id: 'a', inner: Object.freeze({n: 1})})
    expect(evaluate('*[0]{..., "n": inner.n}', {documents: [frozen]})).toMatchObject({n: 1})
  })

  it('compares a document before and after a change', () => {
    const [before, after] = [
      {_id: 'a', title: 'old'},
      {_id: 'a', title: 'new'},
    ]
    expect(evaluate('delta::changedAny(title)', {before, after})).toBe(true)
    expect(evaluate('delta::operation()', {before: null, after})).toBe('create')
    expect(evaluate(parse('delta::operation()', {mode: 'delta'}), {before, after: null})).toBe(
      'delete',
    )
  })

  it('stops a query at the limits it is given', () => {
    const many = Array.from({length: 2000}, (_, n) => ({_id: `d${n}`}))
    const crossing = 'count(*[count(*[_id > ^._id]) > 2000])'
    expect(() => evaluate(crossing, {documents: many, timeLimit: 20})).toThrow('too long')
    expect(() => evaluate('*', {documents: many, maxResultBytes: 1000})).toThrow('1000 bytes')
  })

  it('names an option that is not of its kind', () => {
    expect(() => evaluate('*', {now: 'yesterday'})).toThrow('now must be')
    expect(() => evaluate('*', {perspective: ['a.b']})).toThrow('"a.b" is not a perspective')
    expect(() => evaluate('*', {documents: [JSON.parse('{"_type": "a"}')]})).toThrow('documents[0]')
    expect(() => evaluate('*', {params: JSON.parse('[1]')})).toThrow('params must be')
    const source = createMemorySource(documents)
    expect(() => evaluate('*', {source, documents})).toThrow('either a source')
    expect(() => evaluate('*', {source, perspective: 'drafts'})).toThrow('either a source')
  })
})

describe('parse', () => {
  it('gives a query that can be evaluated many times', () => {
    const query = parse('*[_type == "article" && year > $year].title')
    expect(query.parameters).toEqual(['year'])
    expect(evaluate(query, {documents, params: {year: 1990}})).toEqual(['A', 'B'])
    expect(evaluate(query, {documents, params: {year: 2000}})).toEqual(['B'])
  })

  it('leaves open what brackets mean until there are parameters', () => {
    const slice = parse('*[0...$n]._id')
    expect(slice.parameters).toEqual(['n'])
    expect(evaluate(slice, {documents, params: {n: 1}})).toEqual(['a'])
    expect(evaluate(slice, {documents, params: {n: 2}})).toEqual(['a', 'b'])
    const part = parse('$object[$key]')
    const object = {first: 1}
    expect(evaluate(part, {params: {object, key: 'first'}})).toBe(1)
    expect(evaluate(part, {params: {object: [5, 6], key: 1}})).toBe(6)
  })

  it.each([
    ['*[_type = "article"]', 8, 9, 'GROQ compares with "=="'],
    ['*[$a..$b', 8, 8, 'unexpected end-of-file'],
    ['*[0...$n]{title: name}', 10, 16, 'Keys are written in quotes'],
  ])('says what is wrong with %s, and where', (query, start, end, message) => {
    const error = errorOf(() => parse(query))
    expect(error.message).toContain(message)
    expect(error).toMatchObject({type: 'queryParseError', details: {query, start, end}})
  })

  it('names a function that is not supported', () => {
    expect(errorOf(() => parse('text::embedding("a")')).type).toBe('queryError')
  })
})

it('refuses a query that lacks a parameter', () => {
  for (const params of [{}, {slug: undefined}, undefined]) {
    const error = errorOf(() => evaluate('*[slug == $slug]', {documents, params}))
    expect(error).toMatchObject({type: 'queryError', message: expect.stringContaining('$slug')})
  }
})

describe('explain', () => {
  it('says what was read, how, and what the answer depends on', () => {
    const {text, ...rest} = explain('*[_type == "article"]{"by": author->name}', {documents})
    expect(rest).toEqual({
      reads: [{access: 'everything', times: 1, documents: 3}],
      documents: 3,
      references: ['jane'],
      dependsOn: {everything: false, types: ['article'], ids: [], time: false, identity: false},
    })
    expect(text.split('\n')).toEqual([
      'Reads 3 documents: everything, once.',
      'Follows references to 1 id: jane.',
      'The answer depends on documents of the type article and on the references.',
    ])
  })

  it('takes a parsed query and parameters', () => {
    const query = parse('*[_id == $id && start < now()]')
    expect(explain(query, {documents, params: {id: 'a'}}).dependsOn).toMatchObject({
      ids: ['a'],
      time: true,
    })
    expect(explain('1 + 1').text).toContain('nothing but the parameters')
  })

  it('names the access of a source with indexes', () => {
    const memory = createMemorySource(documents)
    const articles = [...memory.scan()].filter(({_type}) => _type === 'article')
    const source = {
      ...memory,
      access: {
        read: ({by}: {by: string}) => (by === 'type' ? articles : undefined),
        ordered: () => undefined,
        estimate: () => undefined,
        count: () => undefined,
        countReferring: () => undefined,
        referencesAreExact: false,
      },
    }
    expect(explain('*[_type == "article"]', {source}).reads).toEqual([
      {access: 'type article', times: 1, documents: 2},
    ])
  })
})

describe('a perspective', () => {
  const versions = [
    {_id: 'a', title: 'published'},
    {_id: 'drafts.a', title: 'draft'},
    {_id: 'versions.rB.a', title: 'in B'},
    {_id: 'drafts.new', title: 'only a draft'},
    {_id: 'gone', title: 'published'},
    {_id: 'versions.rA.gone', _system: {delete: true}},
    {_id: 'x.y', title: 'private', link: {_ref: 'a'}},
  ]
  const seen = (perspective?: 'raw' | 'published' | 'drafts' | readonly string[]) =>
    evaluate('*{"is": _id + ": " + coalesce(title, "-")}.is', {documents: versions, perspective})

  it('shows every document as it is stored, unless another is asked for', () => {
    expect(seen()).toEqual(seen('raw'))
    expect(seen('raw')).toHaveLength(versions.length)
  })

  it('shows what is published, drafts over it, and releases over both', () => {
    expect(seen('published')).toEqual(['a: published', 'gone: published', 'x.y: private'])
    expect(seen('drafts')).toEqual([
      'a: draft',
      'gone: published',
      'new: only a draft',
      'x.y: private',
    ])
    expect(seen(['rB'])).toEqual(['a: in B', 'gone: published', 'x.y: private'])
    expect(seen(['rA', 'rB', 'drafts'])).toEqual(['a: in B', 'new: only a draft', 'x.y: private'])
    expect(seen(['drafts', 'rB'])).toEqual(seen('drafts'))
    expect(seen([])).toEqual(seen('published'))
    expect(seen(['rB', 'published'])).toEqual(seen(['rB']))
  })

  it('follows references to what it shows, and keeps the stored id', () => {
    const options = {documents: versions, perspective: 'drafts'} as const
    expect(evaluate('*[_id == "x.y"][0].link->title', options)).toBe('draft')
    expect(evaluate('*[_id == "a"][0]{_id, _originalId}', options)).toEqual({
      _id: 'a',
      _originalId: 'drafts.a',
    })
    expect(evaluate('*[sanity::versionOf("a")]._originalId', options)).toEqual(['drafts.a'])
    expect(evaluate('*[_id in path("drafts.**")]', options)).toEqual([])
  })
})
