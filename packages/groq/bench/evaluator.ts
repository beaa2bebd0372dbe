/**
 * The speed of the evaluator against groq-js, over the same documents in memory and without
 * indexes. Both take turns in short batches, and the first runs a second time in each round: the
 * difference between its two runs is noise.
 */
import {evaluateSync, parse as parseWithGroqJs} from 'groq-js'

import {createNewsroom} from '../../../bench/newsroom.ts'
import {interleave} from '../../../bench/timing.ts'
import {createMemorySource} from '../src/index.ts'
import {prepareQuery, runQuery} from '../src/query/query.ts'

const QUERIES = [
  {
    name: 'front-page projection with dereferences',
    text: `*[_type == "article"]{headline, "slug": slug.current, firstPublishedAt, "authors": byline[].author->name, "topics": topics[]->name}`,
  },
  {
    name: 'conditional projection, select, count, splat',
    text: `*[_type == "article"]{..., _type == "article" => {"n": count(topics)}, "kind": select(articleType == "news" => "n", "o"), "first": body[0].children[].text, "long": count(body[length(children[0].text) > 100])}`,
  },
]

export interface SpeedComparison {
  readonly query: string
  /** How often an evaluation by this package fits into one by groq-js. */
  readonly timesFaster: number
  /** How often it fits into itself: a difference from 1 is noise. */
  readonly againstItself: number
}

const DOCUMENTS = 20

/** @param milliseconds About how long to measure each query. */
export const compareEvaluators = (milliseconds: number): readonly SpeedComparison[] => {
  const documents = [...createNewsroom(1000).documents()]
  const all = [...createMemorySource(documents).scan()]
  const articles = all.filter(({_type}) => _type === 'article').slice(0, DOCUMENTS)
  const byId = new Map(all.map((document) => [document._id, document]))
  // Both find the articles by a scan, so what is scanned is the articles alone.
  const source = {...createMemorySource(documents), scan: () => articles}
  return QUERIES.map(({name, text}) => {
    const tree = parseWithGroqJs(text)
    const ours = () => {
      const query = prepareQuery(text)
      return (): unknown => runQuery(query, {source}).value
    }
    const theirs = (): unknown =>
      evaluateSync(tree, {
        dataset: articles,
        dereference: ({_ref}: {_ref: string}) => byId.get(_ref),
      }).data
    if (JSON.stringify(ours()()).length !== JSON.stringify(theirs()).length) {
      throw new Error(`${name}: the two evaluators do not answer the same.`)
    }
    const [, other, again] = interleave([ours(), theirs, ours()], milliseconds)
    return {
      query: name,
      timesFaster: other?.ratio ?? NaN,
      againstItself: again?.ratio ?? NaN,
    }
  })
}
