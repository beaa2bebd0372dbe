/**
 * One story in every format: whatever its words, the import gives the same text and links in the same
 * order, the names and topics that the file marks and no others, and the same result each time.
 */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'

import {bodyOf} from '../../archive/documents/bodyOf.ts'
import {escapeText} from '../../archive/html/write.ts'
import {storyIn} from './storyLines.ts'

interface Source {
  readonly headline: string
  readonly names: readonly string[]
  readonly topics: readonly string[]
  readonly paragraphs: readonly (readonly {
    readonly text: string
    readonly href?: string | undefined
  }[])[]
}

const AT = '2023-05-01T09:30:00.000Z'

const markupOf = ({paragraphs}: Source): string[] =>
  paragraphs.map((runs) =>
    runs
      .map(({href, text}) =>
        href ? `<a href="${href}">${escapeText(text)}</a>` : escapeText(text),
      )
      .join(''),
  )
const paragraphs = (source: Source): string =>
  markupOf(source)
    .map((html) => `<p>${html}</p>`)
    .join('\n')

const id = (text: string): string => Buffer.from(text).toString('hex')
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

const wxr =
  (blocks: boolean) =>
  (source: Source): string => {
    const {headline, names, topics} = source
    const html = blocks
      ? markupOf(source)
          .map((one) => `<!-- wp:paragraph --><p>${one}</p><!-- /wp:paragraph -->`)
          .join('\n\n')
      : markupOf(source).join('\n\n')
    const terms = (domain: string, all: readonly string[]): string =>
      all
        .map(
          (name) => `<category domain="${domain}" nicename="${id(name)}">${cdata(name)}</category>`,
        )
        .join('')
    return `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>P</title><link>https://paper.example</link>
<item><title>${cdata(escapeText(headline))}</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date_gmt>2023-05-01 09:30:00</wp:post_date_gmt>${terms('author', names)}${terms('post_tag', topics)}<content:encoded>${cdata(html)}</content:encoded></item></channel></rss>`
  }

const ghost = (source: Source): string =>
  JSON.stringify({
    posts: [
      {
        id: 'p',
        title: source.headline,
        status: 'published',
        published_at: AT,
        html: paragraphs(source),
        authors: source.names.map((name) => ({id: id(name), name})),
        tags: source.topics.map((name) => ({id: id(name), name})),
      },
    ],
  })

const ans = (source: Source): string =>
  JSON.stringify({
    _id: 's',
    type: 'story',
    version: '0.10.12',
    headlines: {basic: source.headline},
    first_publish_date: AT,
    credits: {by: source.names.map((name) => ({_id: id(name), name}))},
    taxonomy: {tags: source.topics.map((text) => ({text, slug: id(text)}))},
    content_elements: markupOf(source).map((content) => ({type: 'text', content})),
  })

/** An agency's byline is one string. */
const printed = ({names}: Source): string | undefined => names.join(', ') || undefined

const ninjs = (source: Source): string =>
  JSON.stringify({
    uri: 'https://agency.example/1',
    versionCreated: AT,
    headlines: [{role: 'main', value: source.headline}],
    by: printed(source),
    subjects: source.topics.map((name) => ({name, uri: `https://agency.example/${id(name)}`})),
    bodies: [{contentType: 'text/html', value: paragraphs(source)}],
  })

const page = (source: Source): string => {
  const facts = {
    '@type': 'NewsArticle',
    headline: source.headline,
    datePublished: AT,
    author: source.names.map((name) => ({'@type': 'Person', name})),
    keywords: source.topics,
  }
  const json = JSON.stringify(facts).replaceAll('<', '\\u003C')
  return `<!doctype html><html><head><script type="application/ld+json">${json}</script></head><body><nav>Menu</nav><article>${paragraphs(source)}</article></body></html>`
}

const word = fc.constantFrom(
  'alpha',
  'By',
  'Topics:',
  'C++',
  '[sic]',
  'AT&T',
  'a<b',
  '“No,”',
  'Smith, Jr.',
  'é',
  '(Photo: X)',
  '—',
  'See',
  '&amp;',
)
const words = fc.array(word, {minLength: 1, maxLength: 4}).map((all) => all.join(' '))
const run = fc.record({
  text: words,
  href: fc.option(fc.constantFrom('https://a.example/x', 'mailto:a@b.example'), {nil: undefined}),
})
const distinct = fc.uniqueArray(words, {maxLength: 3})
const source: fc.Arbitrary<Source> = fc.record({
  headline: words,
  names: distinct,
  topics: distinct,
  paragraphs: fc.array(fc.array(run, {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 4}),
})

const squeeze = (text: string): string => text.replace(/\s/g, '')

describe.each<[string, (source: Source) => string, 'names' | 'printed']>([
  ['WordPress, classic text', wxr(false), 'names'],
  ['WordPress, blocks', wxr(true), 'names'],
  ['Ghost', ghost, 'names'],
  ['ANS', ans, 'names'],
  ['ninjs', ninjs, 'printed'],
  ['a saved page', page, 'names'],
])('%s', (_name, write, byline) => {
  test('gives back what is marked, and all text in order', async () => {
    await fc.assert(
      fc.asyncProperty(source, async (given) => {
        const file = write(given)
        const story = await storyIn(file)
        const body = bodyOf(story, {})
        expect(body.ledger.balanced).toBe(true)
        const spans = body.blocks.flatMap((block) =>
          block._type === 'block'
            ? (block.children ?? []).map((span) => ({span, defs: block.markDefs ?? []}))
            : [],
        )
        expect(body.blocks.every(({_type}) => _type === 'block')).toBe(true)
        expect(squeeze(spans.map(({span}) => span.text ?? '').join(''))).toBe(
          squeeze(
            given.paragraphs
              .flat()
              .map(({text}) => text)
              .join(''),
          ),
        )
        const links = spans.flatMap(({defs, span}) =>
          defs.flatMap((def) =>
            def._type === 'link' && span.marks?.includes(def._key)
              ? [`${squeeze(span.text ?? '')} ${def.href}`]
              : [],
          ),
        )
        expect(links.join('\n')).toBe(linksOf(given).join('\n'))
        expect(story.headline).toBe(given.headline)
        const isPrinted = byline === 'printed'
        expect(story.names.map(({text}) => text)).toEqual(isPrinted ? [] : given.names)
        expect(story.bylineText).toBe(isPrinted ? printed(given) : undefined)
        // What a printed byline may mean is only proposed.
        expect(story.proposals.filter(({field}) => !isPrinted || field !== 'byline')).toEqual([])
        expect(story.topics.map(({name}) => name)).toEqual(given.topics)
        expect(story).toMatchObject({credits: [], corrections: []})
        expect(bodyOf(await storyIn(file), {})).toEqual(body)
      }),
      {numRuns: 25},
    )
  })
})

/** Links in order; neighbours with one address are one link. */
function linksOf({paragraphs: all}: Source): string[] {
  return all.flatMap((runs) => {
    const joined: {text: string; href?: string | undefined}[] = []
    for (const {href, text} of runs) {
      const last = joined.at(-1)
      if (last && last.href === href) last.text += text
      else joined.push({text, href})
    }
    return joined.flatMap(({href, text}) => (href ? [`${squeeze(text)} ${href}`] : []))
  })
}
