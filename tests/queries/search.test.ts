/** Search with a reader's input. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {searchPattern, searchQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, NOW, paragraph, SEEDED, story} from './stories.ts'

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    story('in-headline', {headline: 'Otters return to the Thames'}),
    story('in-standfirst', {standfirst: 'Why the otters left.'}),
    story('in-body', {body: [paragraph('p', 'Nobody has seen otters here for years.')]}),
    story('in-body-newer', {
      body: [paragraph('p', 'Three otters were seen.')],
      firstPublishedAt: at(-60),
    }),
    story('straight', {headline: "It's Musk's, they said"}),
    story('dots', {headline: 'U.S. spends $6,750 on Pi at 3.14'}),
    story('accents', {headline: 'Café Noé'}),
    story('quoted', {headline: "Army of 'Teslanaires' grows, “mostly” quietly"}),
  )
})
afterAll(() => newsroom.close())

const search = async (typed: string) => {
  const params = {pattern: searchPattern(typed), now: NOW}
  return (await newsroom.client.fetch(searchQuery, params)).map(({slug}) => slug)
}

describe('search', () => {
  it('ranks headlines above standfirsts above stories, and newer above older', async () => {
    expect(await search('otters')).toEqual([
      'in-headline',
      'in-standfirst',
      'in-body-newer',
      'in-body',
    ])
  })

  it('returns the score', async () => {
    const params = {pattern: searchPattern('otters'), now: NOW}
    const scores = (await newsroom.client.fetch(searchQuery, params)).map(({_score}) => _score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores.at(-1)).toBeGreaterThan(0)
  })

  it('requires every word, in any field', async () => {
    expect(await search('otters years')).toEqual(['in-body'])
    expect(await search('putin good time show')).toEqual([SEEDED.slug])
    expect(await search('otters putin')).toEqual([])
  })

  it('matches the beginning of a word, in any case', async () => {
    expect(await search('OTT thA')).toEqual(['in-headline'])
    expect(await search('café')).toEqual(['accents'])
  })

  it.each(["musk's", 'musk’s', 'Musk'])(
    'finds straight and curly apostrophes: %s',
    async (typed) => {
      expect((await search(typed)).toSorted()).toEqual([SEEDED.slug, 'straight'])
    },
  )

  it.each(['we’re just trying', "we're just trying"])('finds %s', async (typed) => {
    expect(await search(typed)).toEqual([SEEDED.slug])
  })

  it.each([
    ['would you like', SEEDED.slug],
    ['‘Would', SEEDED.slug],
    ['teslanaires', 'quoted'],
    ["'Teslanaires'", 'quoted'],
    ['mostly', 'quoted'],
  ])('finds a word next to quotation marks: %s', async (typed, found) => {
    expect(await search(typed)).toEqual([found])
  })

  it('finds numbers and initials', async () => {
    expect(await search('$6,750 3.14')).toEqual(['dots'])
    expect(await search('U.S. spends')).toEqual(['dots'])
  })

  it.each(['', '   ', '*', '"', "** '’", '“”', '$now', '"] | order(_id)'])(
    'treats %j as plain text',
    async (typed) => {
      expect(await search(typed)).toEqual([])
    },
  )
})
