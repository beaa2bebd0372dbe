/** Feeds, sitemaps and partners' files, read by programs that we did not write. */
import {execFileSync, spawnSync} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {Ajv} from 'ajv'
import addFormatsModule from 'ajv-formats'
import {Ajv2020} from 'ajv/dist/2020.js'
import {SaxesParser} from 'saxes'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'

import {listed, paragraph, SEEDED, story, topic} from '../queries/stories.ts'
import {type ServedNewsroom, serveNewsroom} from './openSite.ts'

const addFormats = addFormatsModule.default

/** The schemas are other people's files, which lie beside a checkout or do not. */
const samples = join(import.meta.dirname, '..', '..', '..', 'shared', 'samples', 'formats')
const isPresent = existsSync(samples)

/** Python's feedparser, which CI installs: there it must not be missing. */
const hasFeedparser =
  process.env['COPYDESK_CI'] !== undefined ||
  spawnSync('/usr/bin/python3', ['-c', 'import feedparser']).status === 0

const hours = (count: number): string => new Date(Date.now() - count * 3_600_000).toISOString()

const documents = [
  topic('ferry'),
  story('fresh', {
    firstPublishedAt: hours(1),
    updatedAt: hours(0.5),
    headline: 'Is 1 < 2 & "true"? \u{1F6A2}',
    shortHeadline: 'Sums',
    standfirst: 'Both <b>are</b>.',
    topics: listed('topic-ferry'),
    language: 'de',
    rights: {_type: 'rights', notice: '© The Lower Quay Courier', maySyndicate: true},
    corrections: [
      {
        _key: 'c',
        _type: 'correction',
        kind: 'correction',
        text: 'It was two, not 1.',
        madeAt: hours(0.5),
        show: 'end',
      },
    ],
  }),
  story('paid', {
    firstPublishedAt: hours(2),
    access: 'subscriber',
    body: [paragraph('p', 'Only for those who pay.')],
  }),
  story('kept', {
    firstPublishedAt: hours(3),
    rights: {_type: 'rights', maySyndicate: false},
    body: [paragraph('p', 'Not for partners.')],
  }),
  story('unlisted', {firstPublishedAt: hours(4), seo: {_type: 'seo', noIndex: true}}),
  story('retracted', {
    firstPublishedAt: hours(5),
    pubStatus: 'retracted',
    body: [paragraph('p', 'The parrot was elected.')],
    corrections: [
      {
        _key: 'r',
        _type: 'correction',
        kind: 'retraction',
        text: 'It was no parrot.',
        madeAt: hours(4),
        show: 'top',
      },
    ],
  }),
]

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveNewsroom(...documents)
})
afterAll(() => site.close())

const textAt = async (path: string): Promise<string> => {
  const response = await site.get(path)
  expect(response.status).toBe(200)
  return response.text()
}

const jsonAt = async (path: string) => JSON.parse(await textAt(path))

/** What Python's feedparser, the library behind many feed readers, makes of a feed. */
const parsed = async (path: string) => {
  const program = `
import feedparser, json, sys
feed = feedparser.parse(sys.stdin.buffer.read(), response_headers={'content-type': sys.argv[1]})
print(json.dumps({'bozo': bool(feed.bozo), 'error': str(feed.get('bozo_exception', '')),
  'version': feed.version, 'title': feed.feed.title, 'entries': feed.entries}, default=str))`
  const response = await site.get(path)
  const type = response.headers.get('content-type') ?? ''
  const found: {
    bozo: boolean
    error: string
    version: string
    title: string
    entries: {
      id: string
      title: string
      link: string
      summary?: string
      published: string
      content?: {value: string; type: string}[]
      tags?: {term: string}[]
      authors?: {name: string}[]
    }[]
  } = JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', program, type], {
      input: Buffer.from(await response.arrayBuffer()),
      encoding: 'utf8',
      maxBuffer: 50_000_000,
    }),
  )
  return found
}

describe.runIf(hasFeedparser).each([
  ['/feed.xml', 'rss20'],
  ['/feed.atom', 'atom10'],
])('%s', (path, version) => {
  it('is read without a complaint', async () => {
    const feed = await parsed(path)
    expect({bozo: feed.bozo, error: feed.error, version: feed.version}).toEqual({
      bozo: false,
      error: '',
      version,
    })
    expect(feed.title).toBe('UNILAD')
    const [first] = feed.entries
    expect(first).toMatchObject({
      title: 'Is 1 < 2 & "true"? \u{1F6A2}',
      link: 'https://www.unilad.co.uk/news/fresh',
      authors: [{name: 'Cameron Frew'}],
    })
    expect(first?.tags?.map(({term}) => term)).toEqual(['News', 'ferry'])
    expect(first?.id).toContain('article-fresh')
    expect(first?.content?.[0]?.value).toContain('What happened to fresh.')
  })

  it('has no text that must not leave the site', async () => {
    const feed = await parsed(path)
    const whole = await textAt(path)
    for (const name of ['paid', 'kept']) {
      const entry = feed.entries.find(({id}) => id.endsWith(`article-${name}`))
      expect(entry?.title).toBe(`The story of ${name}`)
    }
    expect(whole).not.toMatch(/Only for those|Not for partners|parrot/)
  })
})

it.runIf(hasFeedparser)('the feed of a topic has its stories alone', async () => {
  const feed = await parsed('/topics/ferry/feed.xml')
  expect(feed.bozo).toBe(false)
  expect(feed.title).toBe('ferry – UNILAD')
  expect(feed.entries.map(({id}) => id)).toEqual(['article-fresh'])
  expect((await site.get('/topics/nothing/feed.xml')).status).toBe(404)
})

it('the sitemaps are XML with the addresses that search engines should list', async () => {
  for (const path of ['/sitemap.xml', '/sitemap/1.xml', '/news-sitemap.xml']) {
    // Throws at the first error.
    new SaxesParser({xmlns: true}).write(await textAt(path)).close()
  }
  const locations = async (path: string) =>
    [...(await textAt(path)).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address)
  const fresh = ['fresh', 'paid', 'kept'].map((name) => `https://www.unilad.co.uk/news/${name}`)
  expect(await locations('/sitemap.xml')).toEqual(['https://www.unilad.co.uk/sitemap/1.xml'])
  expect(await locations('/sitemap/1.xml')).toEqual([
    `https://www.unilad.co.uk/news/${SEEDED.slug}`,
    ...fresh.toReversed(),
  ])
  expect(await locations('/news-sitemap.xml')).toEqual(fresh)
  const news = await textAt('/news-sitemap.xml')
  expect(news).toContain('<news:name>UNILAD</news:name><news:language>de</news:language>')
  expect(news).toContain('<news:title>Is 1 &lt; 2 &amp; &quot;true&quot;? \u{1F6A2}</news:title>')
  expect((await site.get('/sitemap/2.xml')).status).toBe(404)
})

it('robots.txt names the sitemaps', async () => {
  expect(await textAt('/robots.txt')).toContain('\nSitemap: https://www.unilad.co.uk/sitemap.xml\n')
})

it('JSON Feed has words for every item, paid ones too', async () => {
  const response = await site.get('/feed.json')
  expect(response.headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
  const {items}: {items: {id: string; content_text?: string; content_html?: string}[]} = JSON.parse(
    await response.text(),
  )
  expect(items.find(({id}) => id === 'article-paid')?.content_text).toBe('The story of paid')
  expect(items.find(({id}) => id === 'article-fresh')?.content_html).toContain('What happened')
})

describe('ninjs', () => {
  it('raises the version with each correction, and says what it was', async () => {
    expect(await jsonAt('/news/fresh.ninjs.json')).toMatchObject({
      uri: 'https://www.unilad.co.uk/news/fresh',
      version: '2',
      edNote: 'It was two, not 1.',
      pubStatus: 'usable',
      representationType: 'full',
    })
  })

  it.each(['paid', 'kept'])('has no text of a story that is %s', async (name) => {
    const item = await jsonAt(`/news/${name}.ninjs.json`)
    expect(item.representationType).toBe('partial')
    expect(JSON.stringify(item)).not.toMatch(/Only for those|Not for partners/)
  })

  it('withdraws a retracted story', async () => {
    const item = await jsonAt('/news/retracted.ninjs.json')
    expect(item).toMatchObject({pubStatus: 'canceled', edNote: 'It was no parrot.'})
    expect(JSON.stringify(item)).not.toContain('elected')
  })
})

/** JSON-LD of a story's page. */
const jsonLdOf = async (slug: string) => {
  const page = await textAt(`/news/${slug}`)
  const [, script = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? []
  return JSON.parse(script)
}

describe('JSON-LD', () => {
  it('says what Google asks for', async () => {
    expect(await jsonLdOf('fresh')).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Is 1 < 2 & "true"? \u{1F6A2}',
      datePublished: expect.stringMatching(/Z$/),
      dateModified: expect.stringMatching(/Z$/),
      author: [
        {
          '@type': 'Person',
          name: 'Cameron Frew',
          url: 'https://www.unilad.co.uk/authors/cameron-frew',
        },
      ],
      publisher: {name: 'UNILAD'},
      correction: [{text: 'It was two, not 1.'}],
      isAccessibleForFree: true,
    })
  })

  it('says which part of a paid story is not free', async () => {
    const {isAccessibleForFree, hasPart} = await jsonLdOf('paid')
    expect(isAccessibleForFree).toBe(false)
    const name = hasPart.cssSelector.slice(1)
    expect(await textAt('/news/paid')).toMatch(new RegExp(`class="[^"]*\\b${name}\\b`))
  })
})

const schema = (name: string) => JSON.parse(readFileSync(join(samples, name), 'utf8'))

const ninjsErrors = (item: unknown) => {
  const ajv = new Ajv2020({strict: false, allErrors: true})
  addFormats(ajv)
  // We write no places on a map, so anything may stand in for their schema.
  ajv.addSchema({$id: 'https://geojson.org/schema/GeoJSON.json', type: 'object'})
  const validate = ajv.compile(schema('ninjs-schema_3.1.json'))
  validate(item)
  return validate.errors ?? null
}

describe.runIf(isPresent)('the published schemas', () => {
  it('accept the JSON Feed', async () => {
    const ajv = new Ajv({strict: false, allErrors: true})
    addFormats(ajv)
    const validate = ajv.compile(schema('json-feed-1.1.schema.json'))
    validate(await jsonAt('/feed.json'))
    expect(validate.errors).toBeNull()
    expect(validate({version: 'no feed'})).toBe(false)
  })

  it.each(['fresh', 'paid', 'kept', 'retracted'])('accept the ninjs of %s', async (name) => {
    expect(ninjsErrors(await jsonAt(`/news/${name}.ninjs.json`))).toBeNull()
  })

  it('accept the list of ninjs, and no unknown names', async () => {
    const list = await jsonAt('/ninjs.json')
    expect(ninjsErrors(list)).toBeNull()
    expect(ninjsErrors({...list, unheardOf: 1})).not.toBeNull()
  })
})
