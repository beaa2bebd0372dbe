/** Random queries over the random documents. */
import type {Random} from './random.ts'
import {dates, ids, names, releases, types, words} from './randomDocuments.ts'

/** Queries over randomDocuments.ts that reach every operator and most ways of combining them. */

export const params = {id: 'p3', word: 'apple', number: 1, list: ['p1', 'p2', null, 1], none: null}

const quote = (text: string): string => JSON.stringify(text)

/** One of several ways to make text. */
const either = (random: Random, ...ways: [() => string, ...(() => string)[]]): string =>
  random.pick(ways)()

const literal = (random: Random): string =>
  either(
    random,
    () => String(random.pick([0, 1, 2, 3, -1, 1.5])),
    () => quote(random.pick(words)),
    () => quote(random.pick(ids)),
    () => quote(random.pick(dates)),
    () => random.pick(['true', 'false', 'null']),
    () => random.pick(['$id', '$word', '$number', '$list', '$none']),
  )

const attribute = (random: Random): string =>
  random.pick([...names, '_id', '_type', 'slug.current', 'date', 'author._ref', 'a.b'])

/** Something that may be an array. */
const array = (random: Random, depth: number): string =>
  either(
    random,
    () => random.pick(['tags', 'topics', 'a', 'b', 'topics[]._ref', 'a[].k', 'c[]', '$list']),
    () => `[${random.list(0, 3, () => expression(random, depth - 1)).join(', ')}]`,
    () => `topics[]->${random.pick(names)}`,
    () => (depth > 1 ? `*[${condition(random, depth - 2)}]._id` : 'tags'),
    () => `${random.pick(['a', 'topics', 'tags'])}[${condition(random, depth - 1)}]`,
    () => `tags[${random.number(2)}...${random.number(4)}]`,
  )

const expression = (random: Random, depth: number): string => {
  if (depth <= 0) return random.chance(0.6) ? attribute(random) : literal(random)
  const inner = () => expression(random, depth - 1)
  const list = () => array(random, depth)
  return either(
    random,
    () => attribute(random),
    () => literal(random),
    () => `(${inner()} ${random.pick(['+', '-', '*', '/', '%', '**'])} ${inner()})`,
    () => `(${condition(random, depth - 1)})`,
    () => `coalesce(${inner()}, ${inner()})`,
    () => `select(${condition(random, depth - 1)} => ${inner()}, ${inner()})`,
    () => `${random.pick(['count', 'length', 'defined'])}(${list()})`,
    () => `${random.pick(['lower', 'upper', 'string', 'length', 'round', 'dateTime'])}(${inner()})`,
    () => `math::${random.pick(['sum', 'avg', 'min', 'max'])}(${list()})`,
    () => `array::compact(${list()})`,
    () => `array::join(${list()}, "-")`,
    () => `array::intersects(${list()}, ${list()})`,
    () =>
      `string::${random.pick(['split', 'startsWith'])}(${inner()}, ${quote(random.pick(words))})`,
    () => `author->${random.pick([...names, 'slug.current', '_id'])}`,
    () => 'pt::text(body)',
    () => array(random, depth - 1),
    () => projection(random, depth - 1),
    () => `${random.pick(['^', '^', '^.^', '^.^.^'])}.${random.pick([...names, '_id'])}`,
    () => `${list()}[${random.pick(['$number', '$word', '$none', '-1', '0'])}]`,
    () => `${list()}${projection(random, depth - 1)}`,
    () => `*[${condition(random, depth - 1)}][${random.number(3)}].${random.pick(names)}`,
    () => `@.${random.pick(names)}`,
    () => `-${inner()}`,
    () => `(${inner()})[]`,
    () => `(${inner()})[${condition(random, depth - 1)}]`,
    () => `(${inner()}).${random.pick(names)}`,
  )
}

const projection = (random: Random, depth: number): string => {
  const parts = random.list(1, 3, () =>
    either(
      random,
      () => random.pick(names),
      () => '...',
      () => `${quote(random.pick(names))}: ${expression(random, depth)}`,
      () => `${condition(random, depth)} => {${random.pick(names)}}`,
      () => `...author->`,
      () => `author->{${random.pick(names)}}`,
    ),
  )
  return `{${parts.join(', ')}}`
}

/** A condition, mostly of a kind that an index could help with. */
const condition = (random: Random, depth: number): string => {
  if (depth <= 0 || random.chance(0.45)) return simpleCondition(random, depth)
  return either(
    random,
    () => `${condition(random, depth - 1)} && ${condition(random, depth - 1)}`,
    () => `${condition(random, depth - 1)} && ${condition(random, depth - 1)}`,
    () => `(${condition(random, depth - 1)} || ${condition(random, depth - 1)})`,
    () => `!(${condition(random, depth - 1)})`,
  )
}

const simpleCondition = (random: Random, depth: number): string => {
  const value = () => (random.chance(0.8) ? literal(random) : expression(random, depth - 1))
  const path = () => attribute(random)
  const id = () => quote(random.pick(ids))
  const type = () => quote(random.pick(types))
  const date = () => quote(random.pick(dates))
  const text = () =>
    random.pick(['slug.current', 's', 'tags', '[s, slug.current]', 'pt::text(body)', '_id'])
  const pattern = () =>
    random.pick(['"apple"', '"app*"', '"pear apple"', '$word', '["apple", "pie"]', '"*pple"'])
  const idPattern = () =>
    random.pick(['*', '**', 'drafts.**', 'versions.**', 'p1', 'drafts.*', 'versions.rA.*'])
  return either(
    random,
    () => `_type == ${type()}`,
    () => `_type in [${random.list(1, 3, type).join(', ')}]`,
    () => `_id == ${id()}`,
    () => `_id in ${random.chance(0.5) ? '$list' : array(random, depth - 1)}`,
    () => `${path()} ${random.pick(['==', '==', '!='])} ${value()}`,
    () => `${value()} == ${path()}`,
    () => `${path()} in [${random.list(0, 3, () => literal(random)).join(', ')}]`,
    () => `${value()} in ${array(random, depth - 1)}`,
    () => `${path()} ${random.pick(['<', '<=', '>', '>='])} ${value()}`,
    () => `${path()} in ${literal(random)}..${literal(random)}`,
    () => `date > ${date()} && date <= ${date()} && defined(date)`,
    () => `dateTime(date) ${random.pick(['<', '>', '<=', '>='])} dateTime(${date()})`,
    () => `${random.chance(0.3) ? '!' : ''}defined(${path()})`,
    () =>
      `references(${random.pick([id(), '^._id', '$list', '["p1", "p2"]', '*[_type == "author"]._id'])})`,
    () => `${random.pick(['^._id', '$id', id()])} in topics[]._ref`,
    () => `author._ref == ${random.pick(['^._id', '$id', id()])}`,
    () => `author->${random.pick(['slug.current', 'a', '_id'])} == ${value()}`,
    () => `${text()} match ${pattern()}`,
    () => `_id in path(${quote(idPattern())})`,
    () => `string::startsWith(_id, ${quote(random.pick(['p', 'drafts.', 'versions.rA', '']))})`,
    () => `sanity::versionOf(${id()})`,
    () => `sanity::partOfRelease(${quote(random.pick(releases))})`,
    () => `count(${array(random, depth - 1)}) > ${random.number(3)}`,
    () => expression(random, depth - 1),
  )
}

const order = (random: Random): string => {
  const keys = random.list(1, 2, () => {
    const key = random.pick([
      ...names,
      'date',
      'slug.current',
      '_updatedAt',
      '_id',
      '_type',
      'author->a',
    ])
    return `${key}${random.pick(['', ' asc', ' desc', ' desc'])}`
  })
  return ` | order(${keys.join(', ')})`
}

const slice = (random: Random): string =>
  random.pick([
    ...(['[0...3]', '[0..1]', '[1...4]', '[0]', '[-1]', '[2..-1]', '[0...1]'] as const),
    ...(['[0...100]', '[$number]', '[0...$number]'] as const),
  ])

/** Scores as the Studio asks for them: only what has one is kept. */
const scored = (random: Random): string => {
  const worth = random.list(1, 3, () =>
    either(
      random,
      () => condition(random, 1),
      () => `boost(${condition(random, 1)}, ${random.number(3)})`,
      () => `[@, _id] match text::query(${quote(random.pick(searches))})`,
    ),
  )
  return `*[${condition(random, 1)}] | score(${worth.join(', ')})[_score > 0]{_id, _score}`
}

const searches = ['apple', 'app*', '"apple pie"', 'pear -apple', 'p1', '*', ''] as const

/** A whole query; everything in it has the same answer however it is computed. */
export const randomQuery = (random: Random): string => {
  const filter = () => `*[${condition(random, 2)}]`
  const tail = () =>
    (random.chance(0.5) ? order(random) : '') + (random.chance(0.6) ? slice(random) : '')
  const ordering = () => `"orderings": [${random.pick(names)}, date]`
  return either(
    random,
    () => filter() + tail() + (random.chance(0.5) ? projection(random, 2) : ''),
    () => filter() + tail() + (random.chance(0.5) ? '._id' : ''),
    () => `${filter()}[${condition(random, 1)}]${tail()}`,
    () => `${filter()}{..., ${ordering()}} | order(orderings[${random.number(2)}] desc)[0...3]`,
    () => `count(${filter()})`,
    () => scored(random),
    () =>
      `*[_type == "topic"]{_id, "n": count(*[references(^._id)]), "m": *[${condition(random, 1)}]._id}`,
    () => expression(random, 3),
  )
}

/** A query for whole documents, mostly of those that an index alone can find. */
export const randomQueryForDocuments = (random: Random): string => {
  const exact = () =>
    either(
      random,
      () => `${attribute(random)} == ${literal(random)}`,
      () => `${literal(random)} in ${random.pick(['tags', 'topics[]._ref', 'a[].k', 'c[]', 'a'])}`,
      () => `${attribute(random)} in [${random.list(0, 3, () => literal(random)).join(', ')}]`,
      () => `_id in $list`,
      () => `references(${random.pick(['$id', '$list', '"p1"'])})`,
      () => condition(random, 1),
    )
  const type = () =>
    random.pick(['', ...types.map((each) => `_type == "${each}"`), '_type in ["article", "topic"]'])
  const conditions = [type(), random.chance(0.6) ? exact() : '', random.chance(0.1) ? exact() : '']
  const path = random.pick([...names, 'date', 'slug.current', '_updatedAt', '_id'])
  const sorted = random.chance(0.5) ? ` | order(${path}${random.pick(['', ' desc'])})` : ''
  const filter = conditions.filter(Boolean).join(' && ')
  const query = `*${filter && `[${filter}]`}${sorted}${slice(random)}`
  return random.pick([query, query, query, `(${query})[]`, `${query}[0]`, `${query} | order(_id)`])
}
