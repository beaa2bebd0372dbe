/** What is at each address of the site. */
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {at, author, DAY, listed, paragraph, SEEDED, slug, story, topic} from '../queries/stories.ts'
import {openSite, type ServedNewsroom, serveNewsroom} from './openSite.ts'

const many = Array.from({length: 45}, (_, index) =>
  story(`many-${String(index).padStart(2, '0')}`, {
    firstPublishedAt: at(-DAY - index * 60),
    topics: listed('topic-many'),
  }),
)

const documents = [
  ...many,
  topic('many', {slug: slug('many'), description: 'A topic with many stories.'}),
  {
    ...topic('merged', {slug: slug('merged')}),
    mergedInto: {_type: 'reference', _ref: 'topic-many'},
  },
  story('moved', {
    slug: slug('moved-here'),
    previousSlugs: [{_key: 'old', _type: 'previousSlug', slug: 'moved-from', retiredAt: at(-DAY)}],
  }),
  story('former', {formerAddresses: ['/2014/05/a-story/', '/?p=123', '/Old_Story.php']}),
  story('retracted', {
    pubStatus: 'retracted',
    body: [paragraph('p', 'The parrot was elected.')],
    corrections: [
      {
        _key: 'r',
        _type: 'correction',
        kind: 'retraction',
        text: 'It was no parrot.',
        madeAt: at(-60),
        show: 'top',
      },
    ],
  }),
  story('paid', {
    access: 'subscriber',
    body: ['First', 'Second', 'Third'].map((word) => paragraph(word, `${word} paragraph.`)),
  }),
  story('hidden', {pubStatus: 'withheld'}),
  author('linked', {profiles: ['javascript:alert(1)', 'https://linked.example/']}),
  story('quoted', {headline: 'Is 1 < 2 & "true"?'}),
]

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveNewsroom(...documents)
})
afterAll(() => site.close())

const textAt = async (path: string): Promise<string> => (await site.get(path)).text()

describe('pages', () => {
  it.each([
    ['/', 'UNILAD'],
    [`/news/${SEEDED.slug}`, 'Elon Musk Invited Vladimir Putin'],
    ['/topics', 'many'],
    ['/topics/many', 'A topic with many stories.'],
    ['/authors/cameron-frew', 'Cameron Frew'],
    ['/search?q=musk', 'One story matches “musk”'],
    ['/search', 'Search stories'],
    ['/corrections', 'It was no parrot.'],
    [`/credits/${SEEDED.paImages}`, 'PA Images'],
  ])('%s', async (path, text) => {
    const response = await site.get(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toContain(text)
  })

  it('escape what the newsroom wrote', async () => {
    const page = await textAt('/news/quoted')
    expect(page).toContain('<h1>Is 1 &lt; 2 &amp; &quot;true&quot;?</h1>')
  })

  it('lead only to addresses that run nothing', async () => {
    const page = await textAt('/authors/linked')
    expect(page).toContain('href="https://linked.example/"')
    expect(page).not.toContain('javascript:')
  })

  it.each(['/news/nothing', '/topics/nothing', '/authors/nothing', '/nothing', '/?after=x'])(
    '%s is missing',
    async (path) => {
      const response = await site.get(path)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('Page not found')
    },
  )

  it('of stories on hold are missing', async () => {
    expect((await site.get('/news/hidden')).status).toBe(404)
  })
})

it.each([
  ['/News/Moved-Here/', '/news/moved-here'],
  ['/news/moved-from', '/news/moved-here'],
  ['/topics/merged', '/topics/many'],
  ['/2014/05/a-story/', '/news/former'],
  ['/?p=123', '/news/former'],
  ['/Old_Story.php', '/news/former'],
  ['/news/MOVED-HERE', '/news/moved-here'],
])('%s moves to %s', async (path, target) => {
  const response = await site.get(path)
  expect(response.status).toBe(301)
  expect(response.headers.get('location')).toBe(target)
})

it('a retracted story is gone, with the retraction and without the text', async () => {
  const response = await site.get('/news/retracted')
  expect(response.status).toBe(410)
  const page = await response.text()
  expect(page).toContain('It was no parrot.')
  expect(page).not.toContain('The parrot was elected.')
})

it('pages of a list repeat and miss no story', async () => {
  const seen: string[] = []
  let path: string | undefined = '/topics/many'
  while (path !== undefined) {
    const page = await textAt(path)
    seen.push(...[...page.matchAll(/href="\/news\/(many-\d+)"/g)].map(([, name = '']) => name))
    path = /class="older">\s*<a href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toEqual(many.map((each) => each.slug.current))
})

const isSubscriber = (request: Request): boolean => request.headers.get('cookie') === 'pass'

describe('a story that is not free', () => {
  it('shows its opening and a note, and the rest is not hidden in the page', async () => {
    const page = await textAt('/news/paid')
    expect(page).toContain('Second paragraph.')
    expect(page).not.toContain('Third paragraph.')
    expect(page).toContain('The rest of this story is for subscribers.')
  })

  it('is whole for readers who may read it, and no cache keeps that', async () => {
    const {site: own, get} = await openSite(site.newsroom, {mayRead: isSubscriber})
    for (const cookie of ['pass', '', 'pass', '']) {
      const response = await get('/news/paid', {cookie})
      expect((await response.text()).includes('Third paragraph.')).toBe(cookie === 'pass')
      expect(response.headers.get('cache-control')).toMatch(cookie === '' ? /^public/ : /^private/)
    }
    own.close()
  })
})

it('answers only GET and HEAD', async () => {
  const response = await site.site.fetch(new Request('http://site/', {method: 'POST'}))
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})

it('has one style sheet, kept for ever', async () => {
  const path = /href="(\/assets\/site\.[\w-]+\.css)"/.exec(await textAt('/'))?.[1] ?? ''
  const response = await site.get(path)
  expect(response.headers.get('cache-control')).toContain('immutable')
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect((await response.text()).length).toBeGreaterThan(1000)
})
