/** The public record of corrections, and the most-read list. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {correctionsQuery, mostReadQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, NOW, ref, story} from './stories.ts'

const correction = (
  kind: 'correction' | 'clarification' | 'retraction',
  seconds: number,
  show: 'top' | 'listOnly' = 'top',
) => ({
  _key: `at${-seconds}`,
  _type: 'correction' as const,
  kind,
  show,
  text: `${kind} of ${-seconds}`,
  madeAt: at(seconds),
})

const snapshot = (name: string, capturedOn: string, items: object[] = []) => ({
  _id: `mostRead-${name}`,
  _type: 'mostRead',
  capturedOn,
  items,
})

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    story('first', {
      corrections: [correction('correction', -300), correction('clarification', -100)],
    }),
    story('second', {corrections: [correction('correction', -200, 'listOnly')]}),
    story('third', {corrections: [correction('correction', -200)]}),
    story('gone', {pubStatus: 'retracted', corrections: [correction('retraction', -50)]}),
    story('withheld', {pubStatus: 'withheld', corrections: [correction('correction', -40)]}),
    story('embargoed', {embargoUntil: at(1), corrections: [correction('correction', -30)]}),
    story('uncorrected', {corrections: []}),
    snapshot('new', '2021-02-19', [
      {_key: 'ours', _type: 'mostReadItem', headline: 'First', article: ref('article-first')},
      {
        _key: 'theirs',
        _type: 'mostReadItem',
        headline: 'Theirs',
        url: 'https://example.org/theirs',
      },
      {_key: 'lost', _type: 'mostReadItem', headline: 'Lost', categoryLabel: 'Life'},
    ]),
    snapshot('older', '2021-02-18'),
  )
})
afterAll(() => newsroom.close())

describe('corrections', () => {
  it('are complete, newest first, including a retraction whose article is gone', async () => {
    const entries = await newsroom.client.fetch(correctionsQuery, {now: NOW})
    expect(entries.map(({slug, text, retracted}) => [slug, text, retracted])).toEqual([
      ['gone', 'retraction of 50', true],
      ['first', 'clarification of 100', false],
      ['second', 'correction of 200', false],
      ['third', 'correction of 200', false],
      ['first', 'correction of 300', false],
    ])
    expect(entries[0]).toEqual({
      id: 'article-gone/at50',
      kind: 'retraction',
      text: 'retraction of 50',
      madeAt: at(-50),
      headline: 'The story of gone',
      slug: 'gone',
      retracted: true,
    })
  })
})

describe('most read', () => {
  it('is the newest snapshot; an item links to our article, to another site, or to nothing', async () => {
    const ranking = await newsroom.client.fetch(mostReadQuery, {now: NOW})
    expect(ranking).toMatchObject({_id: 'mostRead-new', capturedOn: '2021-02-19', publisher: null})
    expect(ranking?.items.map(({headline, slug, url}) => [headline, slug, url])).toEqual([
      ['First', 'first', null],
      ['Theirs', null, 'https://example.org/theirs'],
      ['Lost', null, null],
    ])
  })

  it('is the seeded snapshot if there is no newer one', async () => {
    const room = await openNewsroom()
    const ranking = await room.client.fetch(mostReadQuery, {now: NOW})
    await room.close()
    expect(ranking).toMatchObject({capturedOn: '2021-02-14', publisher: {name: 'UNILAD'}})
    expect(ranking?.items.map(({slug, url}) => slug ?? url)).toEqual([null, null, null, null])
    expect(ranking?.items[0]?.headline).toMatch(/^James Charles Faces Backlash/)
  })
})
