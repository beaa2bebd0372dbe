import {describe, expect, it} from 'vitest'

import type {Json} from '../core/document.ts'
import {QueryError} from '../core/errors.ts'
import {prepareQuery} from '../query/query.ts'
import {answer} from '../spec/testDocuments.ts'

/** The error body, and the part of the text that it points at. */
const refusal = (query: string): Json => {
  try {
    prepareQuery(query)
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    return {type: error.type, description: error.message, ...error.details}
  }
  return null
}

const placeIn = (query: string): string => {
  const error = refusal(query)
  if (typeof error !== 'object' || error === null || Array.isArray(error)) return ''
  return query.slice(Number(Reflect.get(error, 'start')), Number(Reflect.get(error, 'end')))
}

describe('errors point at their place', () => {
  it.each([
    ['*[_type == ]', ']'],
    ['*[_type == "a"', ''],
    ['*[geo(a) == ]', ']'],
    ['*["\\u{1F600}" == ]', ']'],
    ['*[foo(1)]', 'foo'],
    ['*[count (1) == ]', ']'],
    ['*[string::foo("a")]', 'foo'],
    ['*[nowhere::foo("a")]', 'nowhere'],
    ['*[defined(a, b)]', 'defined'],
    ['*["\\x"]', '\\x'],
    ['*["\\ud83d"]', '\\ud83d'],
    ['*["\\u{110000}"]', '\\u{110000}'],
    ['*["\\u00zz"]', '\\u00zz'],
    ['geo::distance({})', 'distance'],
  ])('%s', (query, place) => {
    expect(refusal(query)).toMatchObject({type: 'queryParseError', query})
    expect(placeIn(query)).toBe(place)
  })

  it('does not take comments or other strings for escapes', () => {
    expect(answer('// \\x "\\q"\n"a\\\\ud83d"')).toBe('a\\ud83d')
  })
})

describe('what the parser leaves out', () => {
  it.each([
    ['"\\u{1F600}"', '\u{1F600}'],
    ['"\\ud83d\\ude00"', '\u{1F600}'],
    ["'\\'\\n'", "'\n"],
    ['string::trim("  a ")', 'a'],
    ['count ([1, 2])', 2],
    ['string :: upper\n("count (x")', 'COUNT (X'],
    ['{"a":string::upper("b:c")} // d: e', {a: 'B:C'}],
    ['select (count ([]) == 0 => "none") // count (', 'none'],
    ['[2, 1] | order (@)', [1, 2]],
    ['geo({"lat": 1, "lng": 2})', {type: 'Point', coordinates: [2, 1]}],
    ['count(pt([{"_type": "block", "children": []}]))', 1],
    ['pt({"no": "block"})', null],
    ['1 // a comment at the end', 1],
    ['// only\n// comments\n1', 1],
    ['{"a": 1, "b": [1, 2,],}', {a: 1, b: [1, 2]}],
    [
      'fn my::pair($a) = $a{"x": geo(@), "y": 1}; my::pair({"lat": 1, "lng": 2})',
      {
        x: {type: 'Point', coordinates: [2, 1]},
        y: 1,
      },
    ],
  ])('%s', (query, expected) => {
    expect(answer(query)).toEqual(expected)
  })
})

describe('what cannot be answered is refused by name', () => {
  it.each([
    'text::semanticSimilarity("a")',
    'text::embedding("a")',
    'media::aspect(a, "b")',
    'documents::get(a)',
    'documents::incomingRefCount()',
    'user::attributes()',
  ])('%s', (query) => {
    const [name = ''] = query.split('(')
    expect(refusal(query)).toMatchObject({description: expect.stringContaining(name)})
  })

  it.each([
    '*{a} | score(b)',
    '*[0] | score(b)',
    '*.a | score(b)',
    'boost(a, 1)',
    'score(a)',
    '* | score()',
  ])('%s', (query) => {
    expect(refusal(query)).toMatchObject({type: 'queryParseError'})
  })

  it.each([
    '*[(a, b)]',
    '{"x": (a, b)}',
    'count((a, b))',
    '* | order((a, b))',
    '* | score(boost(a, 1) + 1)',
    '* | score(!boost(a, 1))',
  ])('%s', (query) => {
    expect(refusal(query)).toMatchObject({type: 'queryError'})
  })

  it.each([
    ['{title: name}', 'title:'],
    ['*{"a": 1, "b" : {c : 2}}', 'c :'],
    ['count:[1])', 'count:'],
    ['a ? b : c', 'b :'],
  ])('%s', (query, place) => {
    expect(placeIn(query)).toBe(place)
  })

  it('digits without end after a bracket that nobody closes', () => {
    expect(refusal(`*[a == $a] [${'1'.repeat(10_000)} x]`)).toMatchObject({
      type: 'queryParseError',
    })
  })

  it('a name without end', () => {
    expect(refusal(`[${'a'.repeat(500_000)}`)).toMatchObject({type: 'queryParseError'})
  })

  it('brackets without end', () => {
    for (const part of ['[0]', '[]', '[$a]', '(a)', '{a}']) {
      expect(refusal(`a${part.repeat(20_000)}`)).toMatchObject({
        description: expect.stringContaining('Too many operators'),
      })
    }
  })

  it('nesting without end', () => {
    const deep = `${'('.repeat(20_000)}1${')'.repeat(20_000)}`
    expect(refusal(deep)).toMatchObject({description: expect.stringContaining('nested')})
    const long = Array.from({length: 400}, (_, n) => `a == ${n}`).join(' || ')
    expect(refusal(long)).toBeNull()
  })
})
