import {evaluateSync, parse} from 'groq-js'

import {prepareQuery, runQuery} from '../../packages/groq/src/query/query.ts'
import {memorySource} from '../../packages/groq/src/source/memorySource.ts'
import type {StoredDocument} from '../../packages/lake/src/core/document.ts'
import type {Figure} from '../figure.ts'
import {createNewsroom} from '../newsroom.ts'
import {interleave} from '../timing.ts'

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

const parsed = (document: StoredDocument): StoredDocument => JSON.parse(JSON.stringify(document))

/** The evaluator alone on 20 articles, against groq-js on the same. */
export const evaluator = (): readonly Figure[] => {
  // Parsed from JSON like documents of a store, because other objects are slower to copy.
  const dataset = [...createNewsroom(1000).documents()].map(parsed)
  const articles = dataset.filter(({_type}) => _type === 'article').slice(0, 20)
  const others = dataset.filter(({_type}) => _type !== 'article')
  const byId = new Map(dataset.map((document) => [document._id, document]))
  const source = memorySource([...articles, ...others])
  return QUERIES.map(({name, text}): Figure => {
    // Both find the articles by a scan, so the source holds only the articles.
    const query = prepareQuery(text)
    const tree = parse(text)
    const scanned = {...source, scan: () => articles}
    const ours = (): unknown => runQuery(query, {source: scanned}).value
    const theirs = (): unknown =>
      evaluateSync(tree, {
        dataset: articles,
        dereference: ({_ref}: {_ref: string}) => byId.get(_ref),
      }).data
    if (JSON.stringify(ours()).length !== JSON.stringify(theirs()).length) {
      throw new Error(`${name}: the lake and groq-js give different results`)
    }
    const [, other] = interleave([ours, theirs], 1500)
    return {
      name: `evaluator alone, 20 articles, against groq-js: ${name}`,
      value: other?.ratio ?? NaN,
      unit: '×',
      target: {atLeast: 4},
    }
  })
}
