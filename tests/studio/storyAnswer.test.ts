/** The Studio's preview answers the site's query by itself: as the lake would, and for unfinished stories. */
import {afterAll, beforeAll, expect, it} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {storyAnswer} from '../../studio/views/reader/storyAnswer.ts'
import {openNewsroom} from '../queries/newsroom.ts'
import type {Newsroom} from '../queries/newsroom.ts'
import {at, NOW, paragraph, ref, SEEDED, story} from '../queries/stories.ts'

let newsroom: Newsroom
let documents: Record<string, unknown>[]
beforeAll(async () => {
  newsroom = await openNewsroom()
  documents = await newsroom.editor.fetch('*')
})
afterAll(() => newsroom.close())

it('for a published story it is what the lake answers', async () => {
  const form = documents.find(({_id}) => _id === SEEDED.article) ?? {}
  const params = {slug: SEEDED.slug, now: NOW}
  const answer = await newsroom.client.fetch(articleBySlugQuery, params)
  expect(answer?.body.length).toBeGreaterThan(5)
  expect(await storyAnswer(form, documents)).toEqual({...answer, _id: 'story'})
})

it('a story that readers cannot see is there, with what it refers to', async () => {
  const form = {
    ...story('waiting', {embargoUntil: at(60), expiresAt: at(-60), pubStatus: 'retracted'}),
    firstPublishedAt: at(3600),
    slug: undefined,
  }
  expect(await storyAnswer(form, documents)).toMatchObject({
    headline: 'The story of waiting',
    slug: null,
    byline: [{author: {name: 'Cameron Frew'}}],
    section: {name: 'News'},
  })
})

it('an empty form, and one whose references are not loaded, are no error', async () => {
  expect(await storyAnswer({_id: 'drafts.new', _type: 'article'}, [])).toMatchObject({
    headline: null,
    body: null,
    byline: null,
  })
  expect(await storyAnswer(story('alone', {sponsor: ref('credit-gone')}), [])).toMatchObject({
    sponsor: null,
    byline: [{author: null}],
  })
})

it('an archived block is there with its words', async () => {
  const archived = {
    _key: 'a',
    _type: 'archivedBlock',
    kind: 'form',
    text: 'Sign up',
    source: '<form>',
  }
  const form = {...story('imported'), body: [paragraph('p', 'Words.'), archived]}
  const {body} = await storyAnswer(form, documents)
  expect(body?.[1]).toEqual({_key: 'a', _type: 'archivedBlock', kind: 'form', text: 'Sign up'})
})
