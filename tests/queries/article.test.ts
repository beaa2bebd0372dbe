/** An article by its slug: its own fields and those of the documents it refers to. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {articleBySlugQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import type {Newsroom} from './newsroom.ts'
import {at, credit, NOW, paragraph, ref, SEEDED, span, story} from './stories.ts'

const line = (id: string, fields: {role?: 'agency' | 'data'; text?: string} = {}) => ({
  _key: id,
  _type: 'creditLine' as const,
  credit: ref(id),
  role: 'agency' as const,
  ...fields,
})

const correction = (
  kind: 'correction' | 'update',
  show: 'top' | 'end' | 'listOnly',
  madeAt: string,
) => ({_key: `${kind}-${show}`, _type: 'correction' as const, kind, show, madeAt, text: `${kind}!`})

const documents = [
  credit('brewer', {name: 'Brewer Ltd', creditText: 'Paid for by Brewer Ltd'}),
  story('updated', {updatedAt: at(-60)}),
  story('headed', {
    body: [{...paragraph('h', 'A heading'), style: 'h2'}, paragraph('p', 'A text')],
  }),
  story('sponsored', {
    articleType: 'sponsored',
    sponsor: ref('credit-brewer'),
    access: 'subscriber',
  }),
  story('described', {
    standfirst: 'In short.',
    shortHeadline: 'Short',
    seo: {_type: 'seo', title: 'For machines', canonicalUrl: 'https://example.org/original'},
    social: {
      _type: 'social',
      title: 'For friends',
      image: {_type: 'figure', caption: 'Shared', credits: [line(SEEDED.paImages)]},
    },
  }),
  story('illustrated', {
    body: [
      {_key: 'fig', _type: 'figure', caption: 'First', credits: [line(SEEDED.paImages)]},
      {
        _key: 'quote',
        _type: 'pullQuote',
        text: 'Help would be appreciated',
        speaker: ref(SEEDED.musk),
      },
      {
        _key: 'clip',
        _type: 'video',
        provider: 'youtube',
        url: 'https://youtu.be/x',
        title: 'A launch',
        credits: [line('credit-brewer', {text: 'Film: Brewer'})],
      },
      {
        _key: 'facts',
        _type: 'factBox',
        title: 'Clubhouse',
        body: [
          {
            ...paragraph('fact', ''),
            markDefs: [{_key: 'src', _type: 'attribution', credit: ref(SEEDED.popularMechanics)}],
            children: [span('Popular Mechanics', 'src')],
          },
        ],
      },
      {
        ...paragraph('pages', ''),
        markDefs: [
          {_key: 'topic', _type: 'internalLink', to: ref(SEEDED.musk)},
          {_key: 'author', _type: 'internalLink', to: ref(SEEDED.author)},
          {_key: 'article', _type: 'internalLink', to: ref(SEEDED.article)},
        ],
        children: [span('Three links', 'topic', 'author', 'article')],
      },
      {
        _key: 'bare',
        _type: 'block',
        style: 'h2',
        children: [{_key: 's', _type: 'span', text: 'No marks', marks: []}],
      },
    ],
  }),
  story('corrected', {
    corrections: [
      correction('update', 'end', at(-300)),
      correction('correction', 'top', at(-100)),
      correction('correction', 'listOnly', at(-50)),
    ],
  }),
]

let newsroom: Newsroom
beforeAll(async () => {
  newsroom = await openNewsroom(...documents)
})
afterAll(() => newsroom.close())

const article = async (name: string) => {
  const found = await newsroom.client.fetch(articleBySlugQuery, {slug: name, now: NOW})
  if (found === null) throw new Error(`no live article at ${name}`)
  return found
}

describe('the seeded article', () => {
  it('has its byline, section and topics in the order of the source', async () => {
    const {headline, section, topics, ...rest} = await article(SEEDED.slug)
    expect(headline).toBe('Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse')
    expect(rest.byline?.map((entry) => [entry.author.name, entry.role])).toEqual([
      ['Cameron Frew', 'writer'],
    ])
    expect(section.name).toBe('News')
    expect(topics?.map(({name}) => name)).toEqual([
      'News',
      'Elon Musk',
      'Now',
      'US',
      'Vladimir Putin',
    ])
  })

  it('falls back to the first paragraph, and to the first publication', async () => {
    const {summary, shortHeadline, headline, dateModified, seo, social} = await article(SEEDED.slug)
    expect(summary).toMatch(/^Elon Musk has invited Russian President .* on Clubhouse\.$/)
    expect(seo).toMatchObject({title: headline, description: summary, noIndex: false})
    expect(social).toMatchObject({title: headline, image: {caption: 'Putin Musk'}})
    expect(shortHeadline).toBe(headline)
    expect(dateModified).toBe(SEEDED.publishedAt)
  })

  it('lists both sources, and the picture with its agency', async () => {
    const {credits, leadMedia} = await article(SEEDED.slug)
    expect(credits?.map(({credit: {name, kind}}) => [name.slice(0, 20), kind])).toEqual([
      ['Popular Mechanics', 'publisher'],
      ["Elon Musk's Internet", 'work'],
    ])
    expect(leadMedia).toMatchObject({caption: 'Putin Musk', asset: null, alt: null})
    expect(leadMedia?.credits?.map(({text}) => text)).toEqual(['PA Images'])
  })

  it('resolves its named sources, and gives no quotation an unconfirmed speaker', async () => {
    const {body} = await article(SEEDED.slug)
    const marks = body.flatMap((block) => (block._type === 'block' ? (block.markDefs ?? []) : []))
    const speakers = marks.flatMap((mark) => (mark._type === 'quotation' ? [mark.speaker] : []))
    const sources = marks.flatMap((mark) => (mark._type === 'attribution' ? [mark.credit._id] : []))
    expect(speakers).toEqual([null, null, null, null])
    expect(sources).toEqual([SEEDED.work])
  })
})

describe('an article', () => {
  it('takes its modification date from its editor', async () => {
    expect(await article('updated')).toMatchObject({
      firstPublishedAt: at(-3600),
      dateModified: at(-60),
    })
  })

  it('has the sponsor’s required wording, and who may read it', async () => {
    expect(await article('sponsored')).toMatchObject({
      articleType: 'sponsored',
      sponsor: {name: 'Brewer Ltd', creditText: 'Paid for by Brewer Ltd'},
      access: 'subscriber',
    })
    expect(await article('updated')).toMatchObject({sponsor: null, access: 'free'})
  })

  it('prefers the editor’s texts for search engines and social media', async () => {
    expect(await article('described')).toMatchObject({
      standfirst: 'In short.',
      summary: 'In short.',
      shortHeadline: 'Short',
      seo: {
        title: 'For machines',
        description: 'In short.',
        canonicalUrl: 'https://example.org/original',
      },
      social: {title: 'For friends', description: 'In short.', image: {caption: 'Shared'}},
    })
  })

  it('resolves the references of every kind of block, and adds no marks to figures', async () => {
    const {body} = await article('illustrated')
    expect(body).toMatchObject([
      {_type: 'figure', caption: 'First', credits: [{text: 'PA Images', role: 'agency'}]},
      {_type: 'pullQuote', speaker: {name: 'Elon Musk', slug: 'elon-musk'}},
      {
        _type: 'video',
        title: 'A launch',
        credits: [{text: 'Film: Brewer', credit: {name: 'Brewer Ltd'}}],
      },
      {
        _type: 'factBox',
        body: [{markDefs: [{_type: 'attribution', credit: {name: 'Popular Mechanics'}}]}],
      },
      {
        markDefs: [
          {to: {_type: 'topic', slug: 'elon-musk'}},
          {to: {_type: 'author', slug: 'cameron-frew'}},
          {to: {_type: 'article', slug: SEEDED.slug}},
        ],
      },
      {_type: 'block', style: 'h2', markDefs: null},
    ])
    expect(body[0]).not.toHaveProperty('markDefs')
  })

  it('uses the first paragraph as summary, not a heading above it', async () => {
    expect(await article('headed')).toMatchObject({standfirst: null, summary: 'A text'})
  })

  it('has an empty summary when there is no paragraph', async () => {
    const room = await openNewsroom(
      story('wordless', {body: [{_key: 'f', _type: 'figure', credits: [line(SEEDED.paImages)]}]}),
    )
    const found = await room.client.fetch(articleBySlugQuery, {slug: 'wordless', now: NOW})
    await room.close()
    expect(found).toMatchObject({standfirst: null, summary: '', seo: {description: ''}})
  })

  it('shows its corrections newest first, without those kept for the list', async () => {
    const {corrections} = await article('corrected')
    expect(corrections?.map(({kind, show}) => `${kind} ${show}`)).toEqual([
      'correction top',
      'update end',
    ])
  })
})
