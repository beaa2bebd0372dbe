import {expect, it} from 'vitest'

import {nodesOf} from '../parse/ast.ts'
import {parseQuery} from '../parse/parse.ts'
import {prepareQuery, runQuery} from '../query/query.ts'
import {memorySource} from '../source/memorySource.ts'
import type {DocumentSource} from '../source/source.ts'
import {documentsFrom} from '../spec/testDocuments.ts'
import {referencePaths} from './referencePaths.ts'

const pathsOf = (projection: string): readonly string[] => {
  for (const node of nodesOf(parseQuery(`*${projection}`))) {
    if (node.type === 'Map') return referencePaths(node.expr)
  }
  return []
}

it.each([
  ['{"a": author->name}', ['author']],
  ['{author->{name, "x": boss->name}}', ['author']],
  ['{"a": topics[]->name, "b": byline[].author->name}', ['topics[]', 'byline[].author']],
  ['{byline[]{role, "who": author->name}}', ['byline[].author']],
  ['{image{"url": asset->url}}', ['image.asset']],
  ['{"x": coalesce(a->n, count(b[]->n))}', ['a', 'b[]']],
  ['{x => {"a": author->name}}', []],
  ['{"x": select(y => author->name)}', []],
  ['{"x": list[author->name == "x"]}', []],
  ['->name', []],
  ['{name}', []],
])('%s: %s', (projection, paths) => {
  expect(pathsOf(projection)).toEqual(paths)
})

it('fetches the references of a page together, once the first turn out not to be in memory', () => {
  const documents = documentsFrom([
    ...Array.from({length: 10}, (_, n) => ({
      _id: `article-${n}`,
      _type: 'article',
      author: {_ref: `author-${n}`},
      topics: [{_ref: 'topic-1'}, {_ref: 'nowhere'}],
    })),
    ...Array.from({length: 10}, (_, n) => ({_id: `author-${n}`, name: `A ${n}`})),
    {_id: 'topic-1', title: 'T'},
  ])
  const memory = memorySource(documents)
  const asked: string[] = []
  const source: DocumentSource = {
    ...memory,
    get loads() {
      return asked.length
    },
    get(id) {
      asked.push(`one ${id}`)
      return memory.get(id)
    },
    getMany(ids) {
      asked.push(`${ids.length} together`)
      return memory.getMany(ids)
    },
  }
  const query = '*[_type == "article"][0...10]{"a": author->name, "t": topics[]->title}'
  const {value} = runQuery(prepareQuery(query), {source})
  expect(value).toEqual(runQuery(prepareQuery(query), {source: memory}).value)
  expect(asked.slice(0, 4)).toEqual(['one author-0', 'one topic-1', 'one nowhere', '11 together'])
  expect(asked.filter((ask) => ask.startsWith('one author'))).toHaveLength(1)
})
