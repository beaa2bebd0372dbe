import {describe, expect, it, test} from 'vitest'

import type {Json, JsonObject} from '../core/document.ts'
import {namespaces} from '../functions/registry.ts'
import {prepareQuery, runQuery} from '../query/query.ts'
import {memorySource} from '../source/memorySource.ts'
import {searchedText} from '../text/searchedText.ts'
import {createBudget} from './budget.ts'

/**
 * Everything that takes longer the more it is given is charged by the size of what it is given, so
 * that no operator runs for long without a check of the clock.
 */

const block = (n: number): Json => ({
  _type: 'block',
  children: [{_type: 'span', text: `word${n}`}],
})

/** Values of a size, as parameters. */
const paramsOf = (size: number): JsonObject => {
  const list = <T>(make: (n: number) => T): T[] => Array.from({length: size}, (_, n) => make(n))
  const ring = [...list((n) => [n / size, n % 2]), [1, 2], [0, 2], [0, 0]]
  return {
    text: 'ab '.repeat(size),
    sameText: 'ab '.repeat(size),
    longer: `${'ab '.repeat(size)}c`,
    numbers: list((n) => n),
    texts: list((n) => `text ${n}`),
    object: Object.fromEntries(list((n) => [`name${n}`, n])),
    other: Object.fromEntries(list((n) => [`name${n}`, n + 1])),
    objects: list((n) => ({n: -n, tags: ['a', 'b']})),
    references: list(() => ({_ref: 'd'})),
    blocks: list(block),
    deep: {inner: {list: list((n) => ({n}))}},
    line: {type: 'MultiPoint', coordinates: ring},
    search: list((n) => `w${n % 10}`).join(' '),
    id: `${'a.'.repeat(Math.min(size, 400))}b`,
    variant: {_id: 'a', _system: {variants: list((n) => ({_ref: `_.variants.${n}`}))}},
  }
}

const words = (count: number) => Array.from({length: count}, (_, n) => `a*${n}`).join(' ')

const budgetFor = (check?: () => void) => createBudget({timeLimit: 600_000, ...(check && {check})})

const run = (query: string, params: JsonObject, budget = budgetFor()) => {
  const documents = [{_id: 'd', _type: 'd', _rev: '1', _createdAt: '', _updatedAt: '', n: 1}]
  const source = memorySource(documents)
  runQuery(prepareQuery(query, params), {source, params, budget, dataset: 'production'})
  return budget.work
}

/** A call of each function whose time grows with its arguments. */
const calls: Readonly<Record<string, string>> = {
  'array::compact': 'array::compact($numbers)',
  'array::intersects': 'array::intersects($numbers, $texts)',
  'array::join': 'array::join($texts, "-")',
  'array::unique': 'array::unique($texts)',
  'diff::changedAny': 'diff::changedAny($deep, $deep, inner.list[].n)',
  'diff::changedOnly': 'diff::changedOnly($object, $other, (name1, name2))',
  'geo::contains': 'geo::contains(geo($line), geo::latLng(1, 1))',
  'geo::distance': 'geo::distance(geo($line), geo($line))',
  'geo::intersects': 'geo::intersects(geo($line), geo($line))',
  'global::count': 'count($numbers)',
  'global::dateTime': 'dateTime($text)',
  'global::geo': 'geo($line)',
  'global::length': 'length($text)',
  'global::lower': 'lower($text)',
  'global::path': 'path($text)',
  'global::pt': 'pt($blocks)',
  'global::references': '$deep{"x": references("d")}',
  'global::upper': 'upper($text)',
  'math::avg': 'math::avg($numbers)',
  'math::max': 'math::max($numbers)',
  'math::min': 'math::min($numbers)',
  'math::sum': 'math::sum($numbers)',
  'pt::text': 'pt::text($blocks)',
  'sanity::partOfVariant': '$variant{"x": sanity::partOfVariant("b")}',
  'string::lower': 'string::lower($text)',
  'string::split': 'string::split($text, "q")',
  'string::startsWith': 'string::startsWith($longer, $text)',
  'string::trim': 'string::trim($text)',
  'string::upper': 'string::upper($text)',
  'text::query': '$texts match text::query("nothing")',
}

/**
 * Functions that read only a short beginning of their arguments, or documents,
 * which are counted one by one.
 */
const short = new Set([
  'dateTime::now',
  'delta::changedAny',
  'delta::changedOnly',
  'delta::operation',
  'geo::latLng',
  'global::boost',
  'global::coalesce',
  'global::defined',
  'global::identity',
  'global::now',
  'global::round',
  'global::string',
  'releases::all',
  'sanity::dataset',
  'sanity::documentsOf',
  'sanity::partOfRelease',
  'sanity::projectId',
  'sanity::versionOf',
])

const operators = [
  '$text == $sameText',
  '$text < $longer',
  '$text in [$sameText]',
  '"x" in $texts',
  '-1 in $numbers',
  '$numbers[@ in $texts]',
  '$id in path("**.x")',
  '$text match "word"',
  '$text match "*x*"',
  '$texts match "*x"',
  '$text match text::query("ab \\"ab ab\\"")',
  '$text + $text',
  '$numbers + $numbers',
  '$object + $other',
  '[...$numbers, ...$texts]',
  '{...$object}',
  '{"a": 1, ...$object}',
  '{"a": 1, true => $object}',
  '$numbers[-3..-2]',
  '$numbers[1...-2]',
  '$numbers[@ > 1000]',
  '$objects[].n',
  '$objects[].tags[]',
  // What is too short to be charged is part of the visit to the element.
  '$objects[]{..., true => {"few": count(tags), "short": length("abc")}}',
  '$objects[]{n}',
  '$objects[]{"x": ^.text}',
  '$objects | order(n)',
  '$objects | order(n desc)[0...2]',
  '$objects | score(n > 1)',
  '$references[]->n',
  '{"a": diff::changedOnly($object, {"name1": null}, a)}',
  '$numbers[diff::changedOnly([$object], null, a)]',
  '$references[]->{n}',
  'count($references[@->n == 1])',
]

const small = paramsOf(100)
const large = paramsOf(1600)

describe('work is charged by the size of what is touched', () => {
  test.each([...Object.values(calls), ...operators])('%s', (query) => {
    const [few, many] = [run(query, small), run(query, large)]
    const limit = query.includes('$id') ? 2 : 4
    expect(many).toBeGreaterThan(limit * few)
    expect(many).toBeGreaterThan(query.includes('$id') ? 50 : 150)
  })

  it('by every function, or it is known to be short', () => {
    const names = Object.entries(namespaces).flatMap(([namespace, functions]) =>
      Object.entries(functions).flatMap(([name, {refused}]) =>
        refused === undefined ? [`${namespace}::${name}`] : [],
      ),
    )
    expect(names.filter((name) => !Object.hasOwn(calls, name) && !short.has(name))).toEqual([])
  })

  it.each([
    ['comparisons of a sort', '$objects | order(n % 7, n % 5, n)'],
    ['a product of lists', '$numbers[count($texts[@ == "x"]) > 0]'],
    ['terms that each word is tried with', '$texts match [$search + " *q*"]'],
    ['copies of one object', '$objects[]{...$object}[0]'],
    ['a list that is searched for each element', '$numbers[@ in [...$texts, ^.n]]'],
  ])('and looked at again and again: %s', (_, query) => {
    let looks = 0
    const stopped = new Error('stopped')
    const budget = budgetFor(() => {
      if (++looks === 3) throw stopped
    })
    expect(() => run(query, large, budget)).toThrow(stopped)
  })
})

describe('a budget', () => {
  it('lets nothing begin that takes too long at once', () => {
    const refusal = new Error('not here')
    const limited = () =>
      createBudget({timeLimit: 600_000, mostAtOnce: 100, refusal: () => refusal})
    expect(() => run('lower($text)', large, limited())).toThrow(refusal)
    expect(run('lower($text)', paramsOf(10), limited())).toBeGreaterThanOrEqual(0)
  })

  it('counts runs of a single step that share it', () => {
    const budget = budgetFor()
    for (let turn = 0; turn < 100; turn += 1) run('*[_type == "d"]', {}, budget)
    expect(budget.work).toBeGreaterThanOrEqual(100)
  })

  it('counts the writing of the answer: one value may stand in it many times', () => {
    const refusal = new Error('not here')
    const limited = createBudget({timeLimit: 600_000, mostAtOnce: 2000, refusal: () => refusal})
    const query = `{"x": $text}${'{"x": [x, x]}'.repeat(6)}`
    expect(() => run(query, large, limited)).toThrow(refusal)
  })
})

describe('match', () => {
  it('refuses more words than the limit', () => {
    const terms = Array.from({length: 300}, () => 'a b c d')
    expect(() => run('"a" match $terms', {terms})).toThrow(/1024 words/)
  })

  it('splits a string into words once, however many terms need them', () => {
    const budget = budgetFor()
    const text = searchedText('one two three', budget)
    expect(text.words(budget)).toBe(text.words(budget))
    const one = run('$text match $words', {text: 'a b '.repeat(5000), words: words(1)})
    const many = run('$text match $words', {text: 'a b '.repeat(5000), words: words(100)})
    // The first term is not found, and no other is looked for.
    expect(many).toBeLessThan(one + 2000)
  })
})
