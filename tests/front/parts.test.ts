/** Parts of a page where an answer is in another language, or not complete. */
import {expect, it} from 'vitest'

import {bodyHtml, htmlOf} from '../../front/body/html.ts'
import {bylineView} from '../../front/page/byline.ts'
import {cardView} from '../../front/page/card.ts'
import {creditsView} from '../../front/page/credits.ts'
import {datesView} from '../../front/page/dates.ts'
import {storyView} from '../../front/page/story.ts'
import {directionOf} from '../../front/view/language.ts'
import {context, text} from './everyBlock.ts'

const writer = (name: string) => ({
  role: 'writer' as const,
  author: {name, slug: name.toLowerCase()},
})

const datesOf = (firstPublishedAt: string | null, dateModified: string | null) =>
  htmlOf(datesView({firstPublishedAt, dateModified}, context))

const sourcesOf = (credits: readonly {number?: number; text: string}[]) =>
  htmlOf(creditsView({credits}, context))

const edit = (path: string): string => `to ${path}`

it('a byline joins names as its language does, and prefers what the editor wrote', () => {
  const byline = ['Ada', 'Ben', 'Cy'].map(writer)
  const shown = (fields: object, language = 'de') =>
    htmlOf(bylineView({byline, ...fields}, {...context, language})).replaceAll(/<[^>]*>/g, '')
  expect(shown({})).toBe('Von Ada, Ben und Cy')
  expect(shown({}, 'en-GB')).toBe('By Ada, Ben and Cy')
  expect(shown({bylinePrefix: 'Reportage:'})).toBe('Reportage: Ada, Ben und Cy')
  expect(shown({bylineText: 'Reportage Ada'})).toBe('Reportage Ada')
  expect(shown({byline: [{role: 'writer', author: null}]})).toBe('')
})

it('dates are in the zone of the newsroom, in summer too', () => {
  expect(datesOf('2026-07-31T23:30:00.000Z', '2026-07-31T23:30:00.000Z')).toContain(
    '1 August 2026 at 00:30',
  )
  expect(datesOf('2026-01-31T23:30:00.000Z', '2026-02-01T00:30:00+01:00')).toContain(
    '31 January 2026 at 23:30',
  )
  expect(datesOf(null, null)).toBe('')
  expect(datesOf('soon', null)).toBe('')
})

it('a story in another language says so, with its direction', () => {
  const arabic = {
    headline: 'مرحبا',
    language: 'ar',
    slug: 'harbour',
    body: [text('p', ['In Latin'])],
  }
  const html = htmlOf(storyView(arabic, context))
  expect(html).toMatch(/^<article class="story" lang="ar" dir="rtl">/)
  expect(html).toContain('<p dir="ltr">In Latin</p>')
  expect(htmlOf(cardView({...arabic, shortHeadline: 'مرحبا'}, context))).toMatch(
    /^<article class="card" lang="ar" dir="rtl">/,
  )
})

it.each([
  ['ar', 'rtl'],
  ['he-IL', 'rtl'],
  ['ur', 'rtl'],
  ['az-Arab', 'rtl'],
  ['ja', 'ltr'],
  ['en-GB', 'ltr'],
  ['no language', 'ltr'],
])('%s is written %s', (language, direction) => {
  expect(directionOf(language)).toBe(direction)
})

it('an empty story has a headline to fill in, and nothing else', () => {
  expect(htmlOf(storyView({}, context))).toBe(
    '<article class="story"><header><h1>No headline yet</h1></header><div class="body"></div><footer></footer></article>',
  )
})

it('sources are numbered only if an editor numbered them', () => {
  expect(sourcesOf([{text: 'A'}, {text: 'B'}])).toContain('<ul><li>A</li><li>B</li></ul>')
  expect(sourcesOf([{text: 'A', number: 3}, {text: 'B'}])).toContain(
    '<ol><li value="3">A<br>B</li></ol>',
  )
})

it('pages get an address in front, and blocks the attribute for Presentation', () => {
  const link = {_type: 'internalLink', _key: 'l', to: {_type: 'topic', slug: 'sea'}} as const
  const blocks = [text('p', [['the sea', 'l']], {markDefs: [link]})]
  expect(bodyHtml(blocks, {...context, base: 'https://site.example'})).toContain(
    '<a href="https://site.example/topics/sea">',
  )
  const figure = {_type: 'figure', _key: 'f', caption: 'Lost'} as const
  expect(bodyHtml([figure], {...context, edit})).toContain(
    'data-sanity="to body[_key==&quot;f&quot;]"',
  )
})

it('in a preview, an empty story says what is missing, each at its field', () => {
  const html = htmlOf(storyView({}, {...context, edit}))
  const places = [...html.matchAll(/data-sanity="to (\w+)">([^<]+)</g)].map(([, to, says]) => [
    to,
    says,
  ])
  expect(places).toEqual([
    ['headline', 'No headline yet'],
    ['standfirst', 'No standfirst yet'],
    ['byline', 'No byline yet'],
    ['leadMedia', 'No lead picture yet'],
    ['body', 'No text yet'],
  ])
})

it('a picture of a gallery leads to itself', () => {
  const gallery = {
    _type: 'gallery',
    _key: 'g',
    pictures: [{_key: 'one', caption: 'Lost'}],
  } as const
  expect(bodyHtml([gallery], {...context, edit})).toContain(
    'data-sanity="to body[_key==&quot;g&quot;].pictures[_key==&quot;one&quot;]"',
  )
})

it('what readers never see is there for editors', () => {
  const archived = {_type: 'archivedBlock', _key: 'a', kind: 'form', text: 'Sign up'} as const
  expect(bodyHtml([archived], context)).toBe('')
  expect(bodyHtml([archived], {...context, forEditors: true})).toContain('form. Sign up')
})
