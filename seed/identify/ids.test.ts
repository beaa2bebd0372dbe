import fc from 'fast-check'
import {expect, test} from 'vitest'

import {documentId} from '../model/rules.ts'
import {articleId, idsOf, mostReadId, type Named} from './ids.ts'

const topic = (name: string) => idsOf({kind: 'topic', name})
const publisher = (name: string) => idsOf({kind: 'publisher', name})
const author = (site: string, name: string) => idsOf({kind: 'author', site, name})
const work = (publisherName: string, name: string) =>
  idsOf({kind: 'work', publisher: publisherName, name})

test('names in the tables have the ids of the tables', () => {
  expect(topic('Elon Musk').certain).toBe('topic-wd-q317521')
  expect(topic('United States')).toEqual(topic('US'))
  expect(topic('elon musk').certain).toBeUndefined()
})

test('readable ids are the same as in earlier versions', () => {
  expect(publisher('Popular Mechanics').bySlug).toBe('credit-publisher-popular-mechanics')
  expect(author('UNILAD', 'Cameron Frew').bySlug).toBe('author-693232bf4607')
  expect(author('unilad', 'CAMERON FREW').bySlug).toBe('author-693232bf4607')
  expect(articleId('unilad', '2021-02-14T12:31', 'A')).not.toBe(
    articleId('unilad', '2021-02-14T12:32', 'A'),
  )
})

test('names that differ in any character have different exact ids', () => {
  const ids = ['C', 'C++', 'C#', 'c', 'Disney', 'Disney+', 'Résumé', 'Resume'].map(
    (name) => topic(name).byName,
  )
  expect(new Set(ids).size).toBe(ids.length)
  expect(author('another site', 'Cameron Frew').bySlug).not.toBe('author-693232bf4607')
  expect(work('The Echo', 'A title').bySlug).not.toBe(work('The Echo', 'Another title').bySlug)
  expect(publisher('日本').bySlug).not.toBe(publisher('中国').bySlug)
})

test('any name gives an id that Sanity accepts and that is not private', () => {
  const name = fc.string({unit: 'grapheme', minLength: 1, maxLength: 300})
  fc.assert(
    fc.property(name, name, (a, b) => {
      const named: Named[] = [
        {kind: 'publisher', name: a},
        {kind: 'agency', name: a},
        {kind: 'work', publisher: a, name: b},
        {kind: 'author', site: a, name: b},
        {kind: 'topic', name: a},
      ]
      const ids = named.map(idsOf).flatMap(({bySlug, byName}) => [bySlug, byName])
      ids.push(articleId(a, '2021-02-14T12:31', b), mostReadId(a, '2021-02-14'))
      for (const id of ids) expect(documentId.safeParse(id).success).toBe(true)
    }),
  )
})
