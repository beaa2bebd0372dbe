/** From an article to its sources, and from a source to the articles. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {articleCreditsQuery, creditUseQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {credit, NOW, paragraph, ref, SEEDED, span, story} from './stories.ts'

const named = (key: string) => ({
  ...paragraph(key, ''),
  markDefs: [
    {_key: `${key}-source`, _type: 'attribution' as const, credit: ref(SEEDED.popularMechanics)},
    {_key: `${key}-link`, _type: 'link' as const, href: 'https://example.org'},
  ],
  children: [span('Popular Mechanics', `${key}-source`)],
})

const filmed = story('filmed', {
  leadMedia: undefined,
  body: [
    named('block'),
    {
      _key: 'clip',
      _type: 'video',
      provider: 'own',
      url: 'https://example.org/v',
      title: 'Clip',
      credits: [
        {_key: 'pa', _type: 'creditLine', credit: ref(SEEDED.paImages), role: 'videographer'},
      ],
    },
    {_key: 'box', _type: 'factBox', title: 'Box', body: [named('fact')]},
    {_key: 'bare', _type: 'block', children: [span('No marks at all')]},
  ],
})

const work = {kind: 'work' as const, publisher: ref(SEEDED.popularMechanics)}

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(
    filmed,
    credit('older', {...work, publishedOn: '2020-01-01'}),
    credit('newer', {...work, publishedOn: '2021-01-01'}),
  )
})
afterAll(() => newsroom.close())

const creditsOf = (slug: string) => newsroom.client.fetch(articleCreditsQuery, {slug, now: NOW})
const useOf = (id: string) => newsroom.client.fetch(creditUseQuery, {id, now: NOW})

describe('the credits of an article', () => {
  it('are its sources, pictures, named sources and origin', async () => {
    expect(await creditsOf(SEEDED.slug)).toMatchObject({
      sources: [
        {text: 'Popular Mechanics', credit: {kind: 'publisher'}},
        {credit: {kind: 'work', publisher: {name: 'Popular Mechanics'}}},
      ],
      media: [
        {_type: 'figure', caption: 'Putin Musk', credits: [{text: 'PA Images', role: 'agency'}]},
        {_type: 'figure', credits: [{text: 'PA Images'}]},
      ],
      named: [{credit: {_id: SEEDED.work, publisher: {_id: SEEDED.popularMechanics}}}],
      origin: {capturedOn: '2021-02-14', site: {name: 'UNILAD'}},
    })
  })

  it('come from fact boxes and recordings too, and only from annotations', async () => {
    expect(await creditsOf('filmed')).toMatchObject({
      sources: null,
      media: [{_type: 'video', credits: [{role: 'videographer', text: 'PA Images'}]}],
      named: [
        {_key: 'block-source', credit: {name: 'Popular Mechanics'}},
        {_key: 'fact-source', credit: {name: 'Popular Mechanics'}},
      ],
      origin: null,
    })
  })
})

describe('the uses of a credit', () => {
  it('are the articles that name it anywhere, newest first', async () => {
    const use = await useOf(SEEDED.paImages)
    expect(use).toMatchObject({name: 'PA Images', works: []})
    expect(use?.articles.map(({slug}) => slug)).toEqual(['filmed', SEEDED.slug])
  })

  it('include the works that a publisher published, the newest first, undated ones last', async () => {
    const use = await useOf(SEEDED.popularMechanics)
    expect(use?.works.map(({_id}) => _id)).toEqual(['credit-newer', 'credit-older', SEEDED.work])
  })

  it('are none for a document that is not a credit', async () => {
    expect(await useOf(SEEDED.author)).toBeNull()
  })
})
