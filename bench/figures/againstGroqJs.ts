import {type ExprNode, evaluateSync, parse} from 'groq-js'

import type {StoredDocument} from '../../packages/lake/src/core/document.ts'
import {openDataset} from '../../packages/lake/src/store/openDataset.ts'
import {createAsk, warmUp} from '../asker.ts'
import type {Figure} from '../figure.ts'
import {PLAIN} from '../queries.ts'
import {interleave} from '../timing.ts'
import type {BuiltLake} from '../workspace.ts'

/** The targets at 100,000 articles; smaller newsrooms have none. */
const TARGETS: ReadonlyMap<string, number> = new Map([
  ['by slug', 10_000],
  ['front page', 10_000],
  ['topic page, small', 5_000],
  ['topic page, middle', 5_000],
  ['topic page, huge', 5_000],
  ['match', 100],
])

/** How many times faster a query is than groq-js over the same documents in memory. */
export const againstGroqJs = ({newsroom, file}: BuiltLake): readonly Figure[] => {
  const dataset: StoredDocument[] = [...newsroom.documents()].toSorted((a, b) =>
    a._id < b._id ? -1 : 1,
  )
  const byId = new Map(dataset.map((document) => [document._id, document]))
  const dereference = ({_ref}: {_ref: string}): StoredDocument | undefined => byId.get(_ref)
  const store = openDataset({name: 'production', file})
  const ask = createAsk(store)
  const figures = PLAIN.filter(({name}) => TARGETS.has(name)).map(
    ({name, text, params}): Figure => {
      const trees = new Map<string, ExprNode>()
      const theirs = (turn: number): unknown => {
        const given = params(newsroom, turn)
        let tree = trees.get(text)
        if (!tree) trees.set(text, (tree = parse(text, {params: given})))
        return evaluateSync(tree, {dataset, params: given, dereference}).data
      }
      const ours = (turn: number): unknown => ask(text, params(newsroom, turn)).value
      warmUp(ours)
      assertSame(name, ours(0), theirs(0))
      const [, other] = interleave([ours, theirs], 2000)
      const target = newsroom.articles >= 100_000 ? TARGETS.get(name) : undefined
      return {
        name: `${name}, against groq-js, ${newsroom.articles.toLocaleString('en')} articles`,
        value: other?.ratio ?? NaN,
        unit: '×',
        ...(target !== undefined && {target: {atLeast: target}}),
      }
    },
  )
  store.close()
  return figures
}

/** Both must give the same result. */
const assertSame = (name: string, ours: unknown, theirs: unknown): void => {
  if (JSON.stringify(sortKeys(ours)) === JSON.stringify(sortKeys(theirs))) return
  throw new Error(`${name}: the lake and groq-js give different results`)
}

const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  )
}
