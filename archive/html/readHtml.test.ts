/** HTML → blocks: what is kept, where it goes, and that the ledger accounts for every letter. */
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'

import type {NewsBody} from '../../seed/model/seedDocument.ts'
import {imbalance} from './balance.ts'
import {htmlParts} from './htmlParts.ts'
import type {Imbalance, Part} from './part.ts'
import {type HtmlBody, readHtml, readParts} from './readHtml.ts'
import {escapeText, tagged} from './write.ts'

const read = (html: string, more: {base?: string; furnitureClasses?: string[]} = {}): HtmlBody =>
  readHtml(html, {pointer: 'x', keyPrefix: 'b', ...more})

/** A body as one line for each block, with marks around the words that have them. */
const lines = (blocks: NewsBody): string[] =>
  blocks.map((block) => {
    if (block._type === 'figure')
      return `[picture ${block.sourceAddress} | ${block.alt} | ${block.caption}]`
    if (block._type === 'table') return block.rows.map(({cells}) => cells.join(' | ')).join(' / ')
    if (block._type === 'archivedBlock') return `[archived ${block.kind}: ${block.text}]`
    if (block._type !== 'block') return `[${block._type}]`
    const text = (block.children ?? []).map(({marks = [], text: words = ''}) => {
      const names = marks.map((mark) => {
        const link = block.markDefs?.find(({_key}) => _key === mark)
        return link?._type === 'link' ? link.href : mark
      })
      return names.length > 0 ? `<${names.join('+')}>${words}</>` : words
    })
    const list = block.listItem ? `${block.listItem}${block.level} ` : ''
    return `${list}${block.style === 'normal' ? '' : `${block.style}: `}${text.join('')}`
  })

describe('text', () => {
  test.each([
    ['paragraphs', '<p>One.</p>\n<p>Two.</p>', ['One.', 'Two.']],
    ['text without a paragraph', 'One. <b>Two.</b>', ['One. <strong>Two.</>']],
    ['white space', '<p>  One \n  <em> two</em>  </p>', ['One <em>two</>']],
    ['line breaks', '<p>One<br>two<br/></p>', ['One\ntwo']],
    ['marks inside marks', '<p><b>a<i>b</i></b></p>', ['<strong>a</><strong+em>b</>']],
    [
      'all marks',
      '<u>a</u><s>b</s><sub>c</sub><sup>d</sup><code>e</code>',
      ['<underline>a</><strike-through>b</><sub>c</><sup>d</><code>e</>'],
    ],
    ['headings', '<h1>A</h1><h2>B</h2><h4>C</h4>', ['h2: A', 'h2: B', 'h3: C']],
    [
      'lists in lists',
      '<ul><li>A<ol><li>B</li></ol></li><li>C</li></ul>',
      ['bullet1 A', 'number2 B', 'bullet1 C'],
    ],
    ['paragraphs of one list item', '<ul><li><p>A</p><p>B</p></li></ul>', ['bullet1 A\nB']],
    ['entities, decoded once', '<p>&amp;lt; R&eacute;sum&eacute;</p>', ['&lt; Résumé']],
    ['a word that a shortcode cut', '<p><span class="dropcap">M</span>ysterium</p>', ['Mysterium']],
    [
      'a paragraph that begins like a heading of the page',
      '<p>Topics: the mayor said.</p>',
      ['Topics: the mayor said.'],
    ],
    ['preformatted text', '<pre>a\n  b</pre>', ['a\n  b']],
  ])('%s', (_name, html, expected) => {
    const body = read(html)
    expect(lines(body.blocks)).toEqual(expected)
    expect(body.flags).toEqual([])
    expect(body.ledger.balanced).toBe(true)
  })

  test('characters that nobody sees are left out', () => {
    const [block] = read('<p>co\u00ADop\u200B \uFEFFe\u0301</p>').blocks
    expect(block).toMatchObject({children: [{text: 'coop é'}]})
  })
})

describe('links', () => {
  test('keep their address as written', () => {
    const {blocks} = read('<p>See <a href="https://x.org/a?b=1&amp;c=2">this</a>.</p>')
    expect(lines(blocks)).toEqual(['See <https://x.org/a?b=1&c=2>this</>.'])
  })

  test('over several paragraphs are in each of them', () => {
    const {blocks} = read('<a href="https://x.org/"><p>A</p><p>B</p></a>')
    expect(lines(blocks)).toEqual(['<https://x.org/>A</>', '<https://x.org/>B</>'])
  })

  test('are resolved against the page', () => {
    const {blocks} = read('<a href="/b">B</a>', {base: 'https://x.org/a/'})
    expect(lines(blocks)).toEqual(['<https://x.org/b>B</>'])
  })

  test.each([
    ['javascript:alert(1)', 'unsafeLink'],
    ['data:text/html,x', 'unsafeLink'],
    [' java\tscript:x', 'unsafeLink'],
    ['/relative', 'relativeLink'],
    ['file:///x', 'unsafeLink'],
  ])('to %j keep their words and are flagged', (href, code) => {
    const {blocks, flags} = read(`<p>${tagged('a', {href}, 'Words')}</p>`)
    expect(lines(blocks)).toEqual(['Words'])
    expect(flags).toMatchObject([{code, pointer: 'x:1:4'}])
  })
})

describe('pictures', () => {
  test('with a caption', () => {
    const html =
      '<figure><img src="/a.jpg" alt="A dog"><figcaption>The <b>dog</b></figcaption></figure>'
    const body = read(html)
    expect(lines(body.blocks)).toEqual(['[picture /a.jpg | A dog | The dog]'])
    expect(body.ledger).toMatchObject({balanced: true, fates: {moved: 6}})
  })

  test('inside a paragraph follow it, and nothing of it is lost', () => {
    const body = read('<p>One <img src="a.jpg"> two.</p>')
    expect(lines(body.blocks)).toEqual(['One two.', '[picture a.jpg | undefined | undefined]'])
    expect(body.ledger.balanced).toBe(true)
  })

  test('that load late have their real address', () => {
    const {blocks} = read('<img src="data:image/gif;base64,x" data-src="real.jpg">')
    expect(lines(blocks)).toEqual(['[picture real.jpg | undefined | undefined]'])
  })

  test('that are links keep the address as residue', () => {
    const {residue} = read('<a href="https://x.org/big"><img src="a.jpg"></a>')
    expect(residue).toMatchObject([{text: 'https://x.org/big'}])
  })

  test('all words of a figure are its caption', () => {
    const body = read('<figure><img src="a.jpg">Words<figcaption>Caption</figcaption></figure>')
    expect(lines(body.blocks)).toEqual(['[picture a.jpg | undefined | Words\nCaption]'])
  })
})

describe('what is not text', () => {
  test('a table of text', () => {
    const body = read('<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td></tr></table>')
    expect(lines(body.blocks)).toEqual(['A | B / 1 | '])
    expect(body.blocks).toMatchObject([{rows: [{heading: true}, {cells: ['1', '']}]}])
    expect(body.ledger.balanced).toBe(true)
  })

  test.each([
    ['<table><tr><td colspan="2">A</td></tr></table>', 'table', 'A'],
    ['<iframe src="https://x.org"></iframe>', 'iframe', undefined],
    ['<my-quiz>How old?</my-quiz>', 'my-quiz', 'How old?'],
    ['<video src="a.mp4">No video</video>', 'video', 'No video'],
    ['<table><tr><td></td></tr></table>', 'table', undefined],
    ['<svg><text>A</text></svg>', 'svg', 'A'],
  ])('%s is archived, letter for letter, and flagged', (html, kind, text) => {
    const body = read(`<p>Before</p>${html}<p>after</p>`)
    expect(body.blocks[1]).toMatchObject({_type: 'archivedBlock', kind, source: html})
    expect(lines(body.blocks)[1]).toBe(`[archived ${kind}: ${text}]`)
    expect(body.flags).toMatchObject([{code: 'archived'}])
    expect(body.ledger.balanced).toBe(true)
  })

  test('furniture is left out by its element, kept as residue, and flagged if it has words', () => {
    const body = read('<script>x()</script><aside>Read more</aside><p>Story</p>')
    expect(lines(body.blocks)).toEqual(['Story'])
    expect(body.residue.map(({text}) => text)).toEqual([
      '<script>x()</script>',
      '<aside>Read more</aside>',
    ])
    expect(body.flags).toMatchObject([{code: 'leftOutByMarkup', evidence: 'Read more'}])
    expect(body.ledger).toMatchObject({balanced: true, fates: {furniture: 8}})
  })

  test('a class of the site is furniture only if the site says so', () => {
    const html = '<div class="share wide">Share</div><p>Story</p>'
    expect(lines(read(html).blocks)).toEqual(['Share', 'Story'])
    expect(lines(read(html, {furnitureClasses: ['share']}).blocks)).toEqual(['Story'])
  })
})

const faultIn = (source: string, parts: readonly Part[]): Imbalance[] => {
  const fault = imbalance(source, parts)
  return fault ? [fault] : []
}

describe('recordings, posts and galleries', () => {
  test('become blocks of their own, and those without a title are flagged', () => {
    const body = read(
      `<iframe src="https://www.youtube.com/embed/LtOGa5M8AuU" title="The bridge"></iframe>
       <figure><iframe src="https://vimeo.com/12"></iframe><figcaption>See <a href="https://x.org/">it</a></figcaption></figure>
       <blockquote class="twitter-tweet"><p>Sad day.</p><a href="https://twitter.com/ada/status/12">May 1</a></blockquote>
       <div class="gallery"><img src="a.jpg"><figure><img src="b.jpg"><figcaption>B <i itemprop="creditText">Ada Quill</i></figcaption></figure></div>
       <figure class="pullquote"><blockquote>No.<cite>Ada</cite></blockquote></figure>`,
    )
    expect(body.blocks).toMatchObject([
      {_type: 'video', provider: 'youtube', title: 'The bridge'},
      {_type: 'video', provider: 'vimeo', title: 'Vimeo video', caption: 'See it'},
      {_type: 'socialPost', provider: 'x', text: 'Sad day.May 1'},
      {_type: 'gallery', pictures: [{sourceAddress: 'a.jpg'}, {caption: 'B'}]},
      {_type: 'pullQuote', text: 'No.\nAda'},
    ])
    expect(body.flags.map(({code}) => code).toSorted()).toEqual(['citation', 'untitledRecording'])
    expect(body.residue.map(({text}) => text)).toEqual(['https://x.org/'])
    expect([...body.figures.values()].map(({credits}) => credits)).toEqual([
      [],
      [{text: 'Ada Quill', kind: 'photographer'}],
    ])
    expect(body.ledger.balanced).toBe(true)
  })
})

describe('the ledger', () => {
  const inner = fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}).map(escapeText)
  const {markup} = fc.letrec<{markup: string}>((tie) => ({
    markup: fc.oneof(
      {maxDepth: 4},
      inner,
      fc
        .tuple(
          fc.constantFrom(
            'p',
            'div',
            'b',
            'i',
            'ul',
            'li',
            'blockquote',
            'h2',
            'aside',
            'figure',
            'figcaption',
            'x-y',
            'table',
            'tr',
            'td',
            'pre',
            'noscript',
          ),
          fc.array(tie('markup'), {maxLength: 3}),
        )
        .map(([tag, inside]) => tagged(tag, {}, inside.join(''))),
      fc.constant('<img src="a.jpg" alt="A">'),
      fc.constant('<br>'),
      inner.map((text) => tagged('a', {href: 'https://x.org/'}, text)),
    ),
  }))

  test('balances for any markup', () => {
    fc.assert(
      fc.property(fc.array(markup, {maxLength: 5}), (parts) => {
        const {blocks, ledger} = read(parts.join(''))
        expect(ledger.balanced).toBe(true)
        expect(new Set(blocks.map(({_key}) => _key)).size).toBe(blocks.length)
      }),
      {numRuns: 300},
    )
  })

  test('does not balance when text is lost, doubled or moved', () => {
    const source = '<p>One</p><p>Two</p>'
    const {parts} = htmlParts(source)
    const isBalanced = (changed: readonly Part[]): boolean =>
      readParts(
        {parts: changed, flags: [], source, imbalances: faultIn(source, changed)},
        {pointer: 'x', keyPrefix: 'b'},
      ).ledger.balanced
    expect(isBalanced(parts)).toBe(true)
    expect(isBalanced(parts.slice(1))).toBe(false)
    expect(isBalanced(parts.toReversed())).toBe(false)
    expect(isBalanced([...parts, ...parts.slice(1)])).toBe(false)
  })
})
