import fc from 'fast-check'
import {expect, test} from 'vitest'

import {documentId} from '../model/documentId.ts'
import {agencyId, articleId, authorId, mostReadId, publisherId, topicId, workId} from './ids.ts'

test('what is the same in the source has the same id', () => {
  expect(topicId('elon musk')).toBe('topic-wd-q317521')
  expect(topicId('United States')).toBe(topicId('US'))
  expect(authorId('unilad', 'CAMERON FREW')).toBe(authorId('UNILAD', 'Cameron Frew'))
  expect(publisherId('Popular Mechanics')).toBe('credit-publisher-popular-mechanics')
})

test('what differs in the source differs in its id', () => {
  expect(authorId('another site', 'Cameron Frew')).not.toBe(authorId('unilad', 'Cameron Frew'))
  expect(workId('The Echo', 'A title')).not.toBe(workId('The Echo', 'Another title'))
  expect(articleId('unilad', '2021-02-14T12:31', 'A')).not.toBe(
    articleId('unilad', '2021-02-14T12:32', 'A'),
  )
  expect(publisherId('日本')).not.toBe(publisherId('中国'))
})

test('any names give ids that Sanity takes and that are not private', () => {
  const name = fc.string({unit: 'grapheme', minLength: 1, maxLength: 300})
  fc.assert(
    fc.property(name, name, (a, b) => {
      const ids = [
        publisherId(a),
        agencyId(a),
        workId(a, b),
        authorId(a, b),
        topicId(a),
        articleId(a, '2021-02-14T12:31', b),
        mostReadId(a, '2021-02-14'),
      ]
      for (const id of ids) expect(documentId.safeParse(id).success).toBe(true)
    }),
  )
})
