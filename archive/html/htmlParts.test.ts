import fc from 'fast-check'
import {expect, test} from 'vitest'

import {fatesOf, imbalance} from './balance.ts'
import {htmlParts, type HtmlOptions} from './htmlParts.ts'
import {partText, type Part, type Run} from './part.ts'

/** Parts in short: `p: words`, marks and links as `[strong words](address)`. */
const inShort = (part: Part): string => {
  switch (part.kind) {
    case 'text': {
      const list = part.list ? `${part.list.kind}${part.list.level} ` : ''
      return `${list}${part.style}${part.level ?? ''}: ${short(part.runs)}`
    }
    case 'figure':
      return `figure ${part.sources[0]} alt=${part.alt} caption=${short(part.caption)} credit=${part.credit}`
    case 'gallery':
      return `gallery ${part.figures.map(inShort).join(' | ')} / ${short(part.caption)}`
    case 'embed':
      return `${part.form} ${part.provider} ${part.url} ${part.text ?? ''}${short(part.caption)}`
    case 'pullQuote':
      return `pullQuote ${short(part.runs)} / ${part.citation}`
    case 'table':
      return part.rows
        .map(({cells, heading}) => (heading ? '!' : '') + cells.join('|'))
        .join(' // ')
    case 'archived':
      return `archived ${part.name} ${part.source}`
    case 'furniture':
      return `furniture ${part.name}: ${part.text.trim()}`
  }
}
const short = (runs: readonly Run[]): string =>
  runs
    .map(({href, marks, text}) => {
      const marked = marks.length > 0 ? `[${marks.join('+')} ${text}]` : text
      return href ? `${marked}(${href})` : marked
    })
    .join('')

const read = (html: string, options?: HtmlOptions) => {
  const {flags, parts} = htmlParts(html, options)
  expect(imbalance(html, parts)).toBeUndefined()
  return {parts: parts.map(inShort), flags: flags.map(({code, evidence}) => `${code}: ${evidence}`)}
}

const figure = (name: string, caption: string): string =>
  `<figure><img src="https://a.example/${name}.jpg"><figcaption>${caption}</figcaption></figure>`

test('paragraphs, headings, marks and links', () => {
  const {flags, parts} = read(
    '<h2>The  bridge</h2>\n<p>It <b>fell</b> on\n<a href="https://a.example/x">Monday <em>night</em></a>.</p>',
  )
  expect(parts).toEqual([
    'heading2: The bridge',
    'normal: It [strong fell] on Monday (https://a.example/x)[em night](https://a.example/x).',
  ])
  expect(flags).toEqual([])
})

test('white space around marks is folded once, and glued words stay glued', () => {
  expect(read('<p> One <b> two </b> three<i>four</i></p>').parts).toEqual([
    'normal: One [strong two ]three[em four]',
  ])
  expect(read('<p><span class="cap">M</span>ystery</p>').parts).toEqual(['normal: Mystery'])
})

test('two breaks end a paragraph, one is a line end', () => {
  expect(read('<p>One<br>two<br><br>three<br>\n<br>four</p>').parts).toEqual([
    'normal: One\ntwo',
    'normal: three',
    'normal: four',
  ])
})

test('classic text: an empty line ends a paragraph, a line end is a break', () => {
  const classic = {lines: 'paragraphs'} as const
  expect(
    read('One\ntwo\n\n<em>three\n\nfour</em> five\n<h3>Six</h3>\nseven', classic).parts,
  ).toEqual([
    'normal: One\ntwo',
    'normal: [em three]',
    'normal: [em four] five',
    'heading3: Six',
    'normal: seven',
  ])
  expect(read('<pre>a\n\n  b</pre>', classic).parts).toEqual(['preformatted: a\n\n  b'])
})

test('lists nest, and a paragraph in an item stays in it', () => {
  expect(
    read('<ul><li>One<ol><li>Deep</li></ol></li><li><p>Two</p><p>more</p></li></ul>').parts,
  ).toEqual(['bullet1 normal: One', 'number2 normal: Deep', 'bullet1 normal: Two\nmore'])
})

test.each([
  ['javascript:alert(1)', 'unsafeLink'],
  [' JaVaScRiPt:alert(1)', 'unsafeLink'],
  ['java\nscript:alert(1)', 'unsafeLink'],
  ['data:text/html,x', 'unsafeLink'],
  ['/about', 'relativeLink'],
])('a link that leads nowhere safe loses its address and not its words: %s', (href, code) => {
  const {flags, parts} = read(`<p>See <a href="${href}">here</a>.</p>`)
  expect(parts).toEqual(['normal: See here.'])
  expect(flags).toEqual([`${code}: ${href.trim()}`])
})

test('relative links and pictures are resolved with the address of the page', () => {
  const {flags, parts} = read('<p><a href="/about">us</a></p><img src="../a.jpg">', {
    base: 'https://paper.example/2014/story/',
  })
  expect(parts).toEqual([
    'normal: us(https://paper.example/about)',
    'figure https://paper.example/2014/a.jpg alt=undefined caption= credit=undefined',
  ])
  expect(flags).toEqual([])
})

test('a picture in a sentence does not cut the sentence', () => {
  expect(read('<p>One <img src="https://a.example/a.jpg" alt="A"> sentence.</p>').parts).toEqual([
    'normal: One sentence.',
    'figure https://a.example/a.jpg alt=A caption= credit=undefined',
  ])
})

test('a figure has its caption, and a credit only where it is marked', () => {
  expect(read(figure('a', 'The <b>bridge</b>. (Photo: Ada Quill)')).parts).toEqual([
    'figure https://a.example/a.jpg alt=undefined caption=The [strong bridge]. (Photo: Ada Quill) credit=undefined',
  ])
  expect(
    read(figure('a', 'The bridge <span itemprop="creditText">Ada Quill</span>')).parts,
  ).toEqual(['figure https://a.example/a.jpg alt=undefined caption=The bridge credit=Ada Quill'])
})

test('the largest picture, the one that loads later, and the original of a small copy', () => {
  expect(
    htmlParts(
      `<picture><source srcset="https://a.example/b.webp 1200w, https://a.example/s.webp 300w">
       <img src="https://a.example/uploads/a-300x200.jpg" data-src="https://a.example/late.jpg"></picture>
       <noscript><img src="https://a.example/late.jpg"></noscript>`,
    ).parts.map((part) => (part.kind === 'figure' ? part.sources : part)),
  ).toEqual([
    [
      'https://a.example/b.webp',
      'https://a.example/s.webp',
      'https://a.example/late.jpg',
      'https://a.example/uploads/a.jpg',
      'https://a.example/uploads/a-300x200.jpg',
    ],
  ])
})

test('several pictures are a gallery', () => {
  expect(
    read(
      `<figure class="wp-block-gallery">${figure('a', 'a')}${figure('b', 'b')}<figcaption>Both</figcaption></figure>`,
    ).parts,
  ).toEqual([
    'gallery figure https://a.example/a.jpg alt=undefined caption=a credit=undefined | figure https://a.example/b.jpg alt=undefined caption=b credit=undefined / Both',
  ])
})

test('players and posts of known sites are embeds, others are archived', () => {
  const {parts} = read(`
    <iframe src="https://www.youtube-nocookie.com/embed/LtOGa5M8AuU"></iframe>
    <iframe src="https://maps.example/here"></iframe>
    <blockquote class="twitter-tweet"><p>Sad day.</p>&mdash; Ada (@ada) <a href="https://twitter.com/ada/status/12">May 1</a></blockquote>`)
  expect(parts).toEqual([
    'video youtube https://www.youtube.com/watch?v=LtOGa5M8AuU ',
    'archived iframe <iframe src="https://maps.example/here"></iframe>',
    'social x https://twitter.com/ada/status/12 Sad day.— Ada (@ada) May 1',
  ])
})

test('a table of plain cells is read, another is archived', () => {
  expect(
    read('<table><thead><tr><th>Town<th>Votes</thead><tr><td>Ash<td>12</table>').parts,
  ).toEqual(['!Town|Votes // Ash|12'])
  expect(read('<table><tr><td colspan="2">Both</td></tr></table>').parts[0]).toMatch(
    /^archived table/,
  )
})

test('furniture is what its element says, and its words are kept and flagged', () => {
  const {flags, parts} = read(
    '<p>Story.</p><aside>Read also</aside><script>x()</script><p>End.</p>',
  )
  expect(parts).toEqual([
    'normal: Story.',
    'furniture aside: Read also',
    'furniture script: ',
    'normal: End.',
  ])
  expect(flags).toEqual(['leftOutByMarkup: Read also'])
})

test('words of an unknown element stay in their sentence', () => {
  const {flags, parts} = read('<p>A <x-term>big</x-term> day.</p><x-map data-id="1"></x-map>')
  expect(parts).toEqual(['normal: A big day.', 'archived x-map <x-map data-id="1"></x-map>'])
  expect(flags).toEqual(['unknownMarkup: <x-term>big</x-term>'])
})

test('quotation marks of a browser are added and flagged', () => {
  expect(read('<p>He said <q>no</q>.</p>')).toEqual({
    parts: ['normal: He said “no”.'],
    flags: ['addedQuotationMarks: no'],
  })
})

test('who is cited stays text, and is flagged', () => {
  expect(read('<blockquote><p>No.</p><cite>Ada Quill</cite></blockquote>')).toEqual({
    parts: ['blockquote: No.', 'blockquote: [em Ada Quill]'],
    flags: ['citation: Ada Quill'],
  })
})

test('a pull quote keeps its citation apart', () => {
  expect(
    read(
      '<figure class="wp-block-pullquote"><blockquote><p>No.</p><cite>Ada</cite></blockquote></figure>',
    ),
  ).toEqual({parts: ['pullQuote No. / Ada'], flags: ['citation: Ada']})
})

test('HTML that nests without end is archived, not a crash', () => {
  const deep = `${'<div>'.repeat(5000)}words${'</div>'.repeat(5000)}`
  const {parts} = htmlParts(deep)
  expect(parts.map(({kind}) => kind)).toEqual(['archived'])
  expect(partText(parts[0] ?? {kind: 'archived', name: '', source: '', text: '', at: 0})).toBe(
    'words',
  )
  expect(
    htmlParts(`${'<figure>'.repeat(300)}<img src="https://a.example/a.jpg">words`).parts.length,
  ).toBeGreaterThan(0)
})

const word = fc.constantFrom('alpha', 'beta', 'C++', 'By', '[sic]', 'é', '&amp;', '—', 'Topics:')
const words = fc.array(word, {minLength: 1, maxLength: 4}).map((all) => all.join(' '))
const link = words.map(
  (text) => `<a href="https://a.example/${encodeURIComponent(text)}">${text}</a>`,
)
const marked = fc
  .tuple(
    fc.constantFrom('b', 'em', 'u', 'sub', 'span', 'code', 'x-odd', 'q', 'small'),
    fc.oneof(words, link),
  )
  .map(([name, text]) => `<${name}>${text}</${name}>`)
const inline = fc
  .array(
    fc.oneof(
      words,
      link,
      marked,
      fc.constant('<br>'),
      fc.constant('<img src="https://a.example/p.jpg">'),
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((all) => all.join(' '))
const block = fc
  .tuple(
    fc.constantFrom(
      'p',
      'h2',
      'h5',
      'blockquote',
      'div',
      'aside',
      'section',
      'pre',
      'nav',
      'x-box',
      'address',
      'noscript',
      'form',
    ),
    inline,
  )
  .map(([name, text]) => `<${name}>${text}</${name}>`)
const group = fc.oneof(
  block,
  inline,
  fc
    .array(inline, {minLength: 1, maxLength: 3})
    .map((items) => `<ul><li>${items.join('</li><li>')}</li></ul>`),
  inline.map(
    (text) =>
      `<figure><img src="https://a.example/f.jpg"><figcaption>${text}</figcaption></figure>`,
  ),
  fc
    .array(words, {minLength: 1, maxLength: 3})
    .map((cells) => `<table><tr><td>${cells.join('</td><td>')}</td></tr></table>`),
  inline.map(
    (text) =>
      `<figure><iframe src="https://youtu.be/LtOGa5M8AuU"></iframe><figcaption>${text}</figcaption></figure>`,
  ),
)
const page = fc
  .array(
    fc.oneof(
      group,
      group.map((inside) => `<div>${inside}</div>`),
    ),
    {maxLength: 6},
  )
  .map((all) => all.join('\n'))

test('all text is in the parts, once and in order, whatever the HTML', () => {
  fc.assert(
    fc.property(page, fc.constantFrom('space', 'paragraphs'), (html, lines) => {
      const {parts} = htmlParts(html, {lines})
      expect(imbalance(html, parts)).toBeUndefined()
      expect(htmlParts(html, {lines}).parts).toEqual(parts)
      for (const part of parts) expect(part.at).toBeLessThanOrEqual(html.length)
    }),
    {numRuns: 100},
  )
})

test('the ledger finds a letter that is lost, doubled or moved', () => {
  const html = '<p>One two.</p><p>Three.</p>'
  const {parts} = htmlParts(html)
  expect(imbalance(html, parts.slice(1))).toEqual({expected: 'Onetwo.Three.', found: 'Three.'})
  expect(imbalance(html, [...parts, ...parts])).toBeDefined()
  expect(imbalance(html, parts.toReversed())).toBeDefined()
  expect(fatesOf(parts)).toEqual({kept: 13, moved: 0, opaque: 0, furniture: 0})
})
