/** Queries for the optimisations of the engine, besides those of queries.ts. */
import {memorySource} from '../packages/groq/src/source/memorySource.ts'
import type {DocumentSource} from '../packages/groq/src/source/source.ts'
import type {Newsroom} from './newsroom.ts'
import type {MeasuredQuery} from './queries.ts'

/** Ids of articles that a page shows already. */
const shown = ({articles, articleId}: Newsroom): string[] =>
  Array.from({length: 100}, (_, n) => articleId((n * 7) % articles))

export const SWITCHED: readonly (MeasuredQuery & {readonly isWhole?: true})[] = [
  {
    name: 'whole documents, newest 20',
    text: '*[_type == "article"] | order(firstPublishedAt desc)[0...20]',
    params: () => ({}),
    isWhole: true,
  },
  {
    name: 'page far down, newest first',
    text: '*[_type == "article"] | order(firstPublishedAt desc)[900...920]{headline, standfirst}',
    params: () => ({}),
  },
  {
    name: 'first page, newest first',
    text: '*[_type == "article"] | order(firstPublishedAt desc)[0...20]{headline, standfirst}',
    params: () => ({}),
  },
  {
    name: 'all but 100 that are shown',
    text: '*[_type == "article" && !(_id in $ids)] | order(firstPublishedAt desc)[0...100]{headline}',
    params: (newsroom) => ({ids: shown(newsroom)}),
  },
  {
    name: 'count without an index',
    text: 'count(*[_type == "article" && count(topics) > 3 && rights.maySyndicate == true])',
    params: () => ({}),
  },
  {
    name: 'newest 20 by an expression',
    text: '*[_type == "article"] | order(length(headline) desc)[0...20]{headline}',
    params: () => ({}),
  },
  {
    name: 'all ids, in order',
    text: '*[_type == "article"] | order(_id)[0...1000]._id',
    params: () => ({}),
  },
  {
    name: 'list in the Studio',
    text: `*[_type in $__types && ([@, _id] match text::query($__query) || references($__rawQuery)) && (_type == "article")]
      {_type, _id, _originalId, "orderings": [_updatedAt]} | order(orderings[0] desc) [0...$__limit]`,
    params: () => ({__types: ['article'], __query: '*', __rawQuery: '', __limit: 101}),
  },
  {
    name: 'search in the Studio',
    text: `*[_type in $__types]
      | score(boost(_type in ["article"] && headline match text::query($__query), 10),
          ([@, _id] match text::query($__query) || references($__rawQuery)))
      [_score > 0] {_type, _id, _originalId, "orderings": [_score]}
      | order(orderings[0] desc) [0...$__limit]`,
    params: () => ({
      __types: ['article', 'author', 'topic'],
      __query: 'musketeer*',
      __rawQuery: 'musketeer',
      __limit: 101,
    }),
  },
  {
    name: 'scored by text',
    text: `*[_type == "article" && count(topics) > 3]
      | score(pt::text(body) match "ba*", boost(headline match "ba*", 2))
      [_score > 0] | order(_score desc, _id asc)[0...20]{_id, _score}`,
    params: () => ({}),
  },
  {
    name: 'with dates',
    text: '*[_type == "article"][0...500]{headline, "at": dateTime(firstPublishedAt)}',
    params: () => ({}),
  },
  {
    name: '500 cards',
    text: '*[_type == "article"][0...500]{_id, headline, standfirst, "slug": slug.current, firstPublishedAt, topics}',
    params: () => ({}),
  },
  {
    name: 'documents above average',
    text: '*[_type == "article" && count(topics) > math::avg(*[_type == "topic"][0...50]{"n": length(name)}.n) / 5][0...20]._id',
    params: () => ({}),
  },
]

interface EvaluatedQuery {
  readonly name: string
  readonly text: string
  documents(newsroom: Newsroom): DocumentSource
}

const twenty = (newsroom: Newsroom): DocumentSource => {
  const all = memorySource(newsroom.documents())
  const articles = [...all.scan()].filter(({_type}) => _type === 'article').slice(0, 20)
  return {...all, scan: () => articles}
}

/** The queries of packages/groq/bench, over 20 articles in memory. */
export const EVALUATED: readonly EvaluatedQuery[] = [
  {
    name: 'projection with references, 20 in memory',
    text: '*[_type == "article"]{headline, "slug": slug.current, firstPublishedAt, "authors": byline[].author->name, "topics": topics[]->name}',
    documents: twenty,
  },
  {
    name: 'conditional projection, 20 in memory',
    text: '*[_type == "article"]{..., _type == "article" => {"n": count(topics)}, "kind": select(articleType == "news" => "n", "o"), "first": body[0].children[].text, "long": count(body[length(children[0].text) > 100])}',
    documents: twenty,
  },
]
