/** Stories that are not published, as an editor's preview asks for them. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {
  articleBySlugQuery,
  authorPageQuery,
  frontPageQuery,
  latestAfterQuery,
  previewOf,
} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, author, DAY, NOW, paragraph, ref, story} from './stories.ts'

const draft = <Document extends {readonly _id: string}>(document: Document) => ({
  ...document,
  _id: `drafts.${document._id}`,
})

const documents = [
  story('changed'),
  draft(story('changed', {headline: 'What it will say'})),
  draft(story('undated', {firstPublishedAt: undefined, headline: 'Not yet published'})),
  draft(story('nameless', {slug: undefined, firstPublishedAt: undefined})),
  draft(story('embargoed', {firstPublishedAt: undefined, embargoUntil: at(DAY)})),
  draft(story('held', {firstPublishedAt: undefined, pubStatus: 'withheld'})),
  draft(author('new', {slug: undefined, name: 'New Colleague'})),
  story('linking', {
    body: [
      {
        ...paragraph('p', 'See the new one.'),
        markDefs: [
          {_key: 'l', _type: 'internalLink', to: {...ref('article-undated'), _weak: true}},
        ],
      },
    ],
  }),
]

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(...documents)
})
afterAll(() => newsroom.close())

const asEditor = () => newsroom.editor.withConfig({perspective: 'drafts'})
const asked = (slug: string, now: string = NOW) => asEditor().fetch(articleBySlugQuery, {slug, now})
const previewed = (slug: string, now: string = NOW) =>
  asEditor().fetch(previewOf(articleBySlugQuery), {slug, now})

const links = async (query: typeof articleBySlugQuery) => {
  const found = await asEditor().fetch(query, {slug: 'linking', now: NOW})
  return found?.body.flatMap((block) => (block._type === 'block' ? block.markDefs : []))
}

describe('with the perspective of drafts', () => {
  it('a query answers with what the draft says', async () => {
    expect(await asked('changed')).toMatchObject({headline: 'What it will say'})
    const params = {slug: 'changed', now: NOW}
    const read = await newsroom.client.fetch(articleBySlugQuery, params)
    expect(read).toMatchObject({headline: 'The story of changed'})
  })

  it('a story that was never published is in its preview only', async () => {
    expect(await asked('undated')).toBeNull()
    expect(await previewed('undated')).toMatchObject({
      headline: 'Not yet published',
      slug: 'undated',
      firstPublishedAt: null,
    })
  })

  it('a document without a slug is found by its id', async () => {
    expect(await previewed('article-nameless')).toMatchObject({
      _id: 'article-nameless',
      slug: null,
      headline: 'The story of nameless',
    })
    const params = {slug: 'author-new', now: NOW}
    const page = await asEditor().fetch(previewOf(authorPageQuery), params)
    expect(page).toMatchObject({name: 'New Colleague', slug: null})
  })

  it('an embargo holds until the time that is asked for', async () => {
    expect(await previewed('embargoed')).toBeNull()
    expect(await previewed('embargoed', at(DAY))).toMatchObject({slug: 'embargoed'})
  })

  it('a story on hold stays hidden', async () => {
    expect(await previewed('held')).toBeNull()
  })

  it('lists begin with what was never published, and leave out what has no address', async () => {
    const cards = await asEditor().fetch(previewOf(frontPageQuery), {now: NOW})
    expect(cards.map(({slug}) => slug)).toEqual([
      'undated',
      'changed',
      'linking',
      'elon-musk-invited-vladimir-putin-to-chat-with-him-on-clubhouse',
    ])
    const position = {lastPublishedAt: NOW, lastId: cards[0]?._id ?? ''}
    const next = await asEditor().fetch(previewOf(latestAfterQuery), {now: NOW, ...position})
    expect(next.map(({slug}) => slug)).toEqual(cards.slice(1).map(({slug}) => slug))
  })

  it('links lead to stories that were never published', async () => {
    expect(await links(articleBySlugQuery)).toMatchObject([{to: {slug: null}}])
    expect(await links(previewOf(articleBySlugQuery))).toMatchObject([{to: {slug: 'undated'}}])
  })
})
