import {describe, expect, it} from 'vitest'

import {answer} from '../spec/testDocuments.ts'

const block = (...texts: string[]) => ({
  _type: 'block',
  children: texts.map((text) => ({_type: 'span', text})),
})

const documents = [
  {
    _id: 'a',
    _type: 'article',
    title: 'Climate report',
    body: [block('The ', 'climate', ' is changing')],
  },
  {_id: 'b', _type: 'article', title: 'Weather report', tags: ['climate']},
  {_id: 'c', _type: 'author', name: 'Clim Report', bio: 'Writes of the weather'},
  {_id: 'd', _type: 'topic', title: 'Report on climate'},
]

describe('match', () => {
  it.each([
    ['title match "climate"', ['a', 'd']],
    ['title match "CLIM*"', ['a', 'd']],
    ['title match "clim"', []],
    ['title match "report climate"', ['a', 'd']],
    ['title match ["report", "weather"]', ['b']],
    ['title match "*mate"', ['a', 'd']],
    ['title match "c*e"', ['a', 'd']],
    ['[title, name] match "report"', ['a', 'b', 'c', 'd']],
    ['pt::text(body) match "is changing"', ['a']],
    ['title match ""', []],
    ['title match null', []],
    ['title match ["report", 1]', []],
    ['title match "r.port"', []],
  ])('%s', (condition, ids) => {
    expect(answer(`*[${condition}]._id`, documents)).toEqual(ids)
  })
})

describe('text::query', () => {
  it.each([
    ['climate', ['a', 'b', 'd']],
    ['climate report', ['a', 'b', 'd']],
    ['"climate report"', ['a']],
    ['"report climate"', []],
    ['"the climate is"', ['a']],
    ['report -weather', ['a', 'd']],
    ['report -"weather report" -writes', ['a', 'd']],
    ['clim*', ['a', 'b', 'c', 'd']],
    ['"climate rep"*', ['a']],
    ['-report', []],
    ['-writes', ['a', 'b', 'd']],
    ['weather-report', ['b']],
    ['*', ['a', 'b', 'c', 'd']],
    ['', []],
    ['   ', []],
    ['"', []],
    ['!?', []],
  ])('%s', (text, ids) => {
    expect(answer('*[@ match text::query($text)]._id', documents, {params: {text}})).toEqual(ids)
    expect(answer('*[[@] match text::query($text)]._id', documents, {params: {text}})).toEqual(ids)
  })

  it('finds ids where the query names them', () => {
    expect(answer('*[[@, _id] match text::query("b")]._id', documents)).toEqual(['b'])
    expect(answer('*[@ match text::query("b")]._id', documents)).toEqual([])
  })
})

describe('what the Studio sends', () => {
  const types = ['article', 'author', 'topic']

  it('lists with no search', () => {
    const query = `// findability-mvi:5
      *[_type in $__types && ([@, _id] match text::query($__query) || references($__rawQuery)) && (true)]
      {_type, _id, _originalId, "orderings": [_updatedAt]}
      | order(orderings[0] desc) [0...$__limit]`
    const params = {__types: types, __query: '*', __rawQuery: '', __limit: 3}
    expect(answer(query, documents, {params})).toEqual(
      [
        {_id: 'a', _type: 'article'},
        {_id: 'b', _type: 'article'},
        {_id: 'c', _type: 'author'},
      ].map((found) => ({...found, _originalId: null, orderings: ['2024-01-01T00:00:00Z']})),
    )
  })

  it('searches by score', () => {
    const query = `*[_type in $types && [@, _id] match text::query($query) || references($refs)]
      | score(
          boost(_type in ["article"] && title match text::query($query), 10),
          boost(references($refs), 5),
          ([@, _id] match text::query($query)) || references($raw))
      [_score > 0]{_id, "orderings": [_score]}
      | order(orderings[0] desc)[0...$limit]._id`
    const params = {types, query: 'climate*', refs: [], raw: '', limit: 10}
    expect(answer(query, documents, {params})).toEqual(['a', 'd', 'b'].toSorted())
    const scores = answer(
      '*|score(boost(title match "climate", 2), @ match text::query("weather")){_id, "s": _score > 0}',
      documents,
    )
    expect(scores).toEqual([
      {_id: 'a', s: true},
      {_id: 'd', s: true},
      {_id: 'b', s: true},
      {_id: 'c', s: true},
    ])
  })

  it('adds scores up, through parentheses, and keeps what is no object', () => {
    const list = [{n: 1, t: 'fish fish'}, {n: 2, t: 'fish'}, 3]
    const params = {list}
    expect(answer('$list|score(n == 1)|score(n == 1){_score}', [], {params})).toEqual([
      {_score: 2},
      {_score: 0},
      null,
    ])
    expect(answer('$list|score((t match "fish"))[0].n', [], {params})).toBe(1)
    expect(answer('$list|score(boost(n == 2, -1))[0]._score', [], {params})).toBe(0)
  })

  it('keeps only the best of many, as sorting all would', () => {
    const many = Array.from({length: 500}, (_, n) => ({
      _id: `d${n}`,
      text: n % 3 === 0 ? 'fish fish' : 'fish',
      n: n % 7,
    }))
    const found = '*|score(boost(n == 1, 2), text match "fish")[_score > 1]'
    const best = answer(`${found}|order(_score desc, n)[0...40]{_id, _score}`, many)
    expect(best).toHaveLength(40)
    // Through an attribute, the array is scored and sorted as a whole.
    expect(
      answer(`{"all": ${found}}{"best": all|order(_score desc, n)[0...40]{_id, _score}}`, many),
    ).toEqual({best})
  })

  it('groups versions, releases and variants', () => {
    const versions = [
      {_id: 'x'},
      {_id: 'drafts.x'},
      {_id: 'versions.rA.x', _system: {variants: [{_ref: '_.variants.v1'}]}},
      {_id: 'versions.rB.y', _system: {variant: {_ref: '_.variants.v1'}}},
      {_id: 'z', _originalId: 'versions.rA.z'},
      {_id: 'versions.h4.y', _system: {release: {_ref: '_.releases.rC'}}},
      {_id: 'q', _system: {release: {_ref: '_.releases.rC'}}},
    ]
    const ids = (condition: string) => answer(`*[${condition}]._id`, versions)
    expect(ids('sanity::versionOf("x")')).toEqual(['drafts.x', 'versions.rA.x', 'x'])
    expect(ids('sanity::versionOf("z")')).toEqual(['z'])
    expect(ids('sanity::partOfRelease("rA")')).toEqual(['versions.rA.x', 'z'])
    expect(ids('sanity::partOfRelease("rB")')).toEqual(['versions.rB.y'])
    // The list of releases in the Studio listens with it, and fails if that finds anything.
    expect(ids('sanity::partOfRelease("_.releases.rB")')).toEqual([])
    expect(ids('sanity::partOfRelease("rC")')).toEqual(['versions.h4.y'])
    expect(ids('sanity::partOfVariant("v1")')).toEqual(['versions.rA.x', 'versions.rB.y'])
    expect(ids('sanity::partOfVariant("_.variants.v1")')).toHaveLength(2)
    expect(ids('_id in sanity::documentsOf("rA")')).toEqual(['versions.rA.x', 'z'].slice(0, 1))
    expect(
      answer('releases::all()[]._id', [{_id: '_.releases.r', _type: 'system.release'}]),
    ).toEqual(['_.releases.r'])
  })
})
