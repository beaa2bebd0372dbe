import {parseArgs} from 'node:util'

import {createBudget, UNITS_AT_ONCE} from '../packages/groq/src/execution/budget.ts'
import {isQuicklyParsed} from '../packages/groq/src/parse/parserLimits.ts'
import {prepareQuery, runQuery} from '../packages/groq/src/query/query.ts'
import {memorySource} from '../packages/groq/src/source/memorySource.ts'
import {randomFrom} from '../packages/groq/src/spec/fuzz/random.ts'
import type {JsonObject} from '../packages/lake/src/core/document.ts'

/**
 * Finds the longest stretches in which a query keeps the serving thread without checking the clock:
 * costly operators, nested at random over large values, under the limits of the serving thread.
 * Times are processor time of this thread, including garbage collection.
 *
 *     node bench/stretches.ts --seed 1 --seconds 60
 */
const {values} = parseArgs({
  options: {
    seed: {type: 'string', default: '1'},
    seconds: {type: 'string', default: '60'},
  },
})
const random = randomFrom(Number(values.seed))

const numbers = Array.from({length: 20_000}, (_, n) => (n * 7919) % 20_011)
const params: JsonObject = {
  text: 'the quick brown fox '.repeat(5000),
  same: 'a'.repeat(100_000),
  quotes: `a${"'".repeat(50_000)} `.repeat(2),
  dots: 'a.'.repeat(50_000),
  numbers,
  texts: numbers.map((n) => `word${n}`),
  object: Object.fromEntries(numbers.map((n) => [`name${n}`, n])),
  objects: numbers.slice(0, 5000).map((n) => ({n, text: `text ${n}`, tags: ['a', 'b', n]})),
  references: numbers.slice(0, 5000).map((n) => ({_ref: `d${n % 500}`})),
  blocks: numbers.slice(0, 3000).map((n) => ({
    _type: 'block',
    children: [{_type: 'span', text: `some text ${n} `}],
  })),
  terms: Array.from({length: 250}, (_, n) => `*a${n % 7}*b*`).join(' '),
  line: {
    type: 'LineString',
    coordinates: numbers.slice(0, 1000).map((n, at) => [n / 200, at / 20]),
  },
  pattern: 'a.'.repeat(250) + '**.b',
}
const documents = Array.from({length: 500}, (_, n) => ({
  _id: `d${n}`,
  _type: n % 2 === 0 ? 'even' : 'odd',
  _rev: 'r',
  _createdAt: '2026-01-01T00:00:00Z',
  _updatedAt: '2026-01-01T00:00:00Z',
  n,
  text: `text of ${n} `.repeat(200),
  tags: Array.from({length: 50}, (_unused, tag) => `tag${(tag * n) % 97}`),
  author: {_ref: `d${(n * 7) % 500}`},
  body: Array.from({length: 20}, (_unused, at) => ({
    _type: 'block',
    children: [{_type: 'span', text: `Paragraph ${at} of ${n}. `}],
  })),
}))
const source = memorySource(documents)

type Make = (depth: number) => string

const text: Make = (depth) =>
  depth <= 0
    ? random.pick(['$text', '$same', '$quotes', '$dots', '$terms', 'text', '"a"'])
    : random.pick<() => string>([
        () => `(${text(depth - 1)} + ${text(depth - 1)})`,
        () => `lower(${text(depth - 1)})`,
        () => `upper(${text(depth - 1)})`,
        () => `array::join(${list(depth - 1)}, ${text(0)})`,
        () => `pt::text(${list(depth - 1)})`,
        () => `string::trim(${text(depth - 1)})`,
        () => `string(${scalar(depth - 1)})`,
        () => text(0),
      ])()

const list: Make = (depth) =>
  depth <= 0
    ? random.pick(['$numbers', '$texts', '$objects', '$references', '$blocks', '*', 'tags', 'body'])
    : random.pick<() => string>([
        () => `(${list(depth - 1)} + ${list(depth - 1)})`,
        () => `[...${list(depth - 1)}, ...${list(depth - 1)}]`,
        () => `array::unique(${list(depth - 1)})`,
        () => `array::compact(${list(depth - 1)})`,
        () => `string::split(${text(depth - 1)}, ${random.pick(['""', '" "', '"aaaa"', '$same'])})`,
        () => `(${list(depth - 1)} | order(${scalar(depth - 1)}, ${scalar(0)} desc))`,
        () => `(${list(depth - 1)} | order(${scalar(0)})[0...${random.pick([3, 5000])}])`,
        () => `${list(depth - 1)}[${condition(depth - 1)}]`,
        () => `${list(depth - 1)}[]{${projection(depth - 1)}}`,
        () => `${list(depth - 1)}[]->`,
        () => `*[${condition(depth - 1)}]`,
        () => `*[${condition(depth - 1)}]{${projection(depth - 1)}}`,
        () => `(* | score(${condition(depth - 1)}))`,
        () => `${list(depth - 1)}[-4..-2]`,
        () => list(0),
      ])()

const object: Make = (depth) =>
  depth <= 0
    ? random.pick(['$object', '@', '^', '$line'])
    : random.pick<() => string>([
        () => `(${object(depth - 1)} + ${object(depth - 1)})`,
        () => `{${projection(depth - 1)}}`,
        () => object(0),
      ])()

const projection: Make = (depth) =>
  random
    .list(1, 3, () =>
      random.pick<() => string>([
        () => '...',
        () => `...${object(depth)}`,
        () => `"a": ${list(depth)}`,
        () => `"b": ${text(depth)}`,
        () => `"c": ${scalar(depth)}`,
        () => `${condition(depth)} => {"d": ${object(depth)}}`,
        () => 'author->',
      ])(),
    )
    .join(', ')

const scalar: Make = (depth) =>
  random.pick<() => string>([
    () => '@',
    () => 'n',
    () => `length(${text(depth)})`,
    () => `count(${list(depth)})`,
    () => `math::${random.pick(['sum', 'avg', 'max'])}(${list(depth)})`,
    () => `dateTime(${text(depth)})`,
    () => text(depth),
    () => `geo::distance(geo($line), geo($line))`,
  ])()

const condition: Make = (depth) =>
  random.pick<() => string>([
    () =>
      `${text(depth)} match ${random.pick(['"a*b"', '$terms', '$texts', 'text::query($text)', '"quick"', '"*x"'])}`,
    () =>
      `${list(depth)} match ${random.pick(['"*a"', '$terms', '"fox"', 'text::query("a \\"b c\\"")'])}`,
    () => `${scalar(depth)} in ${list(depth)}`,
    () => `${text(depth)} == ${text(depth)}`,
    () => `${text(depth)} < ${text(depth)}`,
    () => `array::intersects(${list(depth)}, ${list(depth)})`,
    () => `references(${list(depth)})`,
    () => `${text(0)} in path(${random.pick(['$pattern', '$dots', '"**.b"'])})`,
    () => `string::startsWith(${text(depth)}, ${text(depth)})`,
    () => `diff::changedOnly(${object(depth)}, ${object(depth)}, (name1, n, tags[]))`,
    () => `diff::changedAny(${object(depth)}, ${object(depth)}, anywhere(_type == "block"))`,
    () => `geo::intersects(geo($line), geo($line))`,
    () => `n > ${random.pick([1, 100])}`,
  ])()

const cpu = (): number => {
  const {user, system} = process.threadCpuUsage()
  return (user + system) / 1000
}

class Enough extends Error {}
class Elsewhere extends Error {}

const longest: {readonly stretch: number; readonly query: string; readonly end: string}[] = []
const outcomes = new Map<string, number>()

const measure = (query: string): void => {
  let stretch = 0
  const started = cpu()
  let last = started
  const look = (): void => {
    const now = cpu()
    stretch = Math.max(stretch, now - last)
    last = now
    if (now - started > 150) throw new Enough()
  }
  const budget = createBudget({
    timeLimit: Infinity,
    mostAtOnce: UNITS_AT_ONCE,
    check: look,
    refusal: () => new Elsewhere(),
  })
  let end = 'answered'
  try {
    const prepared = prepareQuery(query, params)
    last = cpu()
    JSON.stringify(runQuery(prepared, {source, params, budget}).value)
  } catch (error) {
    end = error instanceof Error ? `${error.constructor.name}: ${error.message.slice(0, 60)}` : ''
  }
  stretch = Math.max(stretch, cpu() - last)
  outcomes.set(end, (outcomes.get(end) ?? 0) + 1)
  longest.push({stretch, query, end})
  longest.sort((a, b) => b.stretch - a.stretch)
  longest.length = Math.min(longest.length, 12)
}

const stop = performance.now() + Number(values.seconds) * 1000
let runs = 0
while (performance.now() < stop) {
  const query = random.pick([list, text, scalar, condition])(1 + random.number(3))
  if (!isQuicklyParsed(query)) continue
  measure(query)
  runs += 1
}
console.log(`${runs} queries, seed ${values.seed}`)
for (const [end, count] of outcomes) console.log(`${String(count).padStart(7)}  ${end}`)
for (const {stretch, query, end} of longest) {
  console.log(`${stretch.toFixed(1).padStart(8)} ms  ${query.slice(0, 300)}  (${end})`)
}
