/**
 * The plan of a run, which follows from its seed alone: which faults, when, and every request of
 * every writer. A replay cannot repeat timing: how far the writers are when a fault happens, and in
 * which order the lake processes requests that arrive together.
 */
import {type Random, randomFrom} from '../../../packages/groq/src/spec/fuzz/random.ts'
import type {JsonObject} from '../../../packages/lake/src/core/document.ts'

/** How the client of a request behaves. */
export type Manner = 'plain' | 'slow' | 'gone before the answer' | 'gone in the body'

export type Operation = {readonly manner: Manner; readonly dataset: string} & (
  | {
      readonly kind: 'transaction'
      readonly id: string
      readonly mutations: readonly JsonObject[]
      readonly actions: readonly JsonObject[]
    }
  | {readonly kind: 'upload'; readonly name: string; readonly size: number}
  | {readonly kind: 'import'; readonly run: string; readonly count: number}
  | {readonly kind: 'query'; readonly query: string; readonly params: JsonObject}
  | {
      readonly kind: 'lifecycle'
      readonly verb: 'create' | 'delete' | 'reset' | 'copy'
      readonly from?: string
    }
)

export const MAIN = 'production'
/** Datasets that are created and deleted. */
export const POOL = ['pool-a', 'pool-b', 'pool-c'] as const
/** A dataset whose file is damaged on purpose. */
export const VICTIM = 'victim'

export interface Cycle {
  readonly number: number
  /** The fault's name: see faults.ts. */
  readonly fault: string
  /** Milliseconds that the writers run before it. */
  readonly delay: number
  readonly writers: number
  /** The seed for the fault's own choices. */
  readonly seed: number
  /** How the process ends afterwards, if it is still running. */
  readonly end: 'kill' | 'term' | 'stay'
}

/** Mixes numbers into one seed, so that neighbouring seeds are unrelated. */
const mix = (...numbers: readonly number[]): number =>
  numbers.reduce(
    (seed, number) => Math.imul((seed ^ number) + 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 13),
    1,
  )

/** @param faults Names with their weights. */
export const planCycle = (
  seed: number,
  number: number,
  faults: readonly (readonly [name: string, weight: number])[],
): Cycle => {
  const random = randomFrom(mix(seed, number))
  const total = faults.reduce((sum, [, weight]) => sum + weight, 0)
  let left = random.number(total)
  const [fault = 'kill'] = faults.find(([, weight]) => (left -= weight) < 0) ?? []
  return {
    number,
    fault,
    delay: 100 + random.number(random.pick([400, 400, 1500])),
    writers: 3 + random.number(4),
    seed: mix(seed, number, 7),
    end: random.pick(['kill', 'kill', 'kill', 'term', 'stay']),
  }
}

/**
 * An endless sequence of a writer's requests. The last writer also creates and removes datasets.
 */
export function* operations(
  seed: number,
  {number, writers}: Cycle,
  writer: number,
): Generator<Operation> {
  const random = randomFrom(mix(seed, number, 100 + writer))
  const isKeeper = writer === writers - 1
  for (let step = 0; ; step += 1) {
    const serial = (number * 100 + writer) * 100_000 + step
    yield isKeeper && random.chance(0.6) ? lifecycle(random) : one(random, writer, serial, step)
  }
}

const lifecycle = (random: Random): Operation => {
  const dataset = random.pick(POOL)
  const common = {manner: 'plain', dataset, kind: 'lifecycle'} as const
  const verb = random.pick([
    'create',
    'create',
    'create',
    'delete',
    'reset',
    'copy',
    'copy',
  ] as const)
  if (verb !== 'copy') return {...common, verb}
  return {...common, verb, from: random.pick([MAIN, ...POOL])}
}

const mannerOf = (random: Random): Manner => {
  if (random.chance(0.03)) return 'slow'
  if (random.chance(0.03)) return 'gone before the answer'
  return random.chance(0.03) ? 'gone in the body' : 'plain'
}

const one = (random: Random, writer: number, serial: number, step: number): Operation => {
  const dataset = random.chance(0.18) ? random.pick(POOL) : random.chance(0.1) ? VICTIM : MAIN
  const common = {manner: mannerOf(random), dataset}
  // Persons come first, because most other documents refer to them.
  const kind = step < 2 ? 0 : step === 2 && writer === 0 ? 64 : random.number(100)
  const transaction = (mutations: readonly JsonObject[], actions: readonly JsonObject[] = []) =>
    ({...common, kind: 'transaction', id: `t${serial}`, mutations, actions}) as const
  if (kind < 12) return transaction(persons(random, serial))
  if (kind < 40) return transaction(several(random, writer, serial))
  if (kind < 52) return transaction(patches(random, writer, serial))
  if (kind < 58) return transaction(byQuery(random, writer, serial))
  if (kind < 64) return transaction(removals(random, writer, serial))
  if (kind < 65) return transaction(bulk(random, serial))
  if (kind < 80) return transaction([], editing(random, writer, serial))
  if (kind < 84) return transaction([], releases(random, writer, serial))
  if (kind < 90) return {...common, kind: 'query', ...question(random)}
  if (kind < 98 || dataset !== MAIN || random.chance(0.8)) {
    return {
      ...common,
      kind: 'upload',
      name: `asset-${serial % 500}`,
      size: 1 + random.number(60_000),
    }
  }
  return {
    ...common,
    manner: 'plain',
    kind: 'import',
    run: `r${serial % 5}`,
    count: 50 + random.number(300),
  }
}

const PERSONS = 12
const person = (random: Random): string => `person-${random.number(PERSONS)}`

const persons = (random: Random, n: number): JsonObject[] =>
  Array.from({length: PERSONS}, (_, index) => ({
    createOrReplace: {
      _id: `person-${index}`,
      _type: 'person',
      n,
      edits: 0,
      name: `Person ${index} of ${random.number(9)}`,
    },
  }))

/** Documents of one transaction: all of them have its number. */
const several = (random: Random, writer: number, n: number): JsonObject[] => {
  const first = random.number(60)
  const story = (index: number): JsonObject => ({
    createOrReplace: {
      _id: `story-${writer}-${(first + index) % 60}`,
      _type: 'story',
      n,
      bucket: index % 5,
      section: random.pick(['world', 'city', 'sport', 'culture']),
      text: 'Words and words and more words. '.repeat(random.number(40)),
      author: {_type: 'reference', _ref: person(random)},
      related: [
        {_key: 'a', _type: 'reference', _ref: `story-${writer}-${random.number(60)}`, _weak: true},
      ],
    },
  })
  return Array.from({length: 2 + random.number(8)}, (_, index) => story(index))
}

const patches = (random: Random, writer: number, n: number): JsonObject[] => [
  {patch: {id: person(random), set: {n}, inc: {edits: 1}}},
  {
    patch: {
      id: `story-${writer}-${random.number(60)}`,
      set: {n, [`field${random.number(4)}`]: n},
      unset: ['section'],
    },
  },
  {patch: {id: person(random), inc: {edits: 1}}},
]

const byQuery = (random: Random, writer: number, n: number): JsonObject[] => {
  const type = `tally${writer}`
  const tally = (index: number): JsonObject => ({
    createIfNotExists: {_id: `${type}-${index}`, _type: type, bucket: index % 2, count: 0},
  })
  const selection = {
    query: '*[_type == $type && bucket == $bucket]',
    params: {type, bucket: random.number(2)},
  }
  return [
    // It always changes something, because without a change there is no transaction.
    {createOrReplace: {_id: `trace-${writer}`, _type: 'trace', n}},
    ...Array.from({length: 6}, (_, index) => tally(index)),
    {patch: {id: `${type}-0`, set: {n}}},
    random.chance(0.8) ? {patch: {...selection, inc: {count: 1}}} : {delete: selection},
  ]
}

const removals = (random: Random, writer: number, n: number): JsonObject[] => [
  {delete: {id: `story-${writer}-${random.number(60)}`}},
  {createOrReplace: {_id: `trace-${writer}`, _type: 'trace', n}},
  ...(random.chance(0.2) ? [{create: {_id: `once-${writer}-${n % 50}`, _type: 'once', n}}] : []),
  ...(random.chance(0.1) ? [{delete: {id: person(random)}}] : []),
]

const bulk = (random: Random, n: number): JsonObject[] =>
  Array.from({length: 100 + random.number(300)}, (_, index) => ({
    createOrReplace: {
      _id: `bulk-${index}`,
      _type: 'bulk',
      n,
      bucket: index % 13,
      text: 'Bulk. '.repeat(20 + random.number(60)),
    },
  }))

const action = (name: string, fields: JsonObject): JsonObject => ({
  actionType: `sanity.action.${name}`,
  ...fields,
})

const editing = (random: Random, writer: number, n: number): JsonObject[] => {
  const publishedId = `article-${writer % 2}-${random.number(15)}`
  const draftId = `drafts.${publishedId}`
  const attributes = {
    _id: draftId,
    _type: 'article',
    n,
    title: `Title ${n}`,
    author: {_type: 'reference', _ref: person(random)},
  }
  const edit = action('document.edit', {
    draftId,
    publishedId,
    patch: {set: {n, title: `Edit ${n}`}},
  })
  return random.pick([
    [action('document.create', {publishedId, attributes, ifExists: 'fail'})],
    [edit],
    [edit],
    [edit, action('document.publish', {draftId, publishedId})],
    [action('document.publish', {draftId, publishedId})],
    [
      action('document.create', {publishedId, attributes, ifExists: 'fail'}),
      action('document.publish', {draftId, publishedId}),
    ],
    [action('document.unpublish', {draftId, publishedId})],
    [action('document.discard', {draftId})],
  ])
}

/** A release with versions, scheduled for the next seconds or published by hand. */
const releases = (random: Random, writer: number, n: number): JsonObject[] => {
  const releaseId = `rel${n}`
  const version = (index: number): JsonObject => {
    const publishedId = `paper-${writer}-${index}`
    const document = {_id: `versions.${releaseId}.${publishedId}`, _type: 'paper', n}
    return action('document.version.create', {publishedId, document})
  }
  return [
    action('release.create', {
      releaseId,
      metadata: {title: `Release ${n}`, releaseType: 'scheduled'},
    }),
    ...Array.from({length: 1 + random.number(5)}, (_, index) => version(index)),
    random.chance(0.7)
      ? action('release.schedule', {releaseId, publishAt: PUBLISH_SOON})
      : action('release.publish', {releaseId}),
  ]
}

/** A placeholder for a time shortly after the request is sent. */
export const PUBLISH_SOON = 'SOON'

const question = (random: Random): {query: string; params: JsonObject} => {
  const params = {
    type: random.pick(['story', 'bulk', 'article', 'imported']),
    n: random.number(13),
    id: person(random),
  }
  const query = random.pick([
    '*[_type == $type && bucket == $n]{_id, n}',
    '*[_type == $type] | order(n desc)[0...10]{_id, n, author->{name}}',
    '*[_type == $type && references($id)] | order(n)[0...20]._id',
    'count(*[_type == $type && section == "world"])',
    '*[_type == $type && text match "words more"][0...5]._id',
  ])
  return {query, params}
}
