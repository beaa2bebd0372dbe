import fc from 'fast-check'
import {expect, test} from 'vitest'

import type {Part} from '../../html/part.ts'
import {runText} from '../../html/part.ts'
import {contentParts, type BodyOptions} from './content.ts'

const inShort = (part: Part): string => {
  switch (part.kind) {
    case 'text':
      return `${part.list?.kind ?? part.style}: ${runText(part.runs)}`
    case 'figure':
      return `figure ${part.attachment ?? part.sources[0]}: ${runText(part.caption)}`
    case 'gallery':
      return `gallery ${part.figures.map(({attachment, sources}) => attachment ?? sources[0]).join(' ')}`
    case 'embed':
      return `${part.form} ${part.provider} ${part.url} ${runText(part.caption)}`.trim()
    case 'pullQuote':
      return `pullQuote ${runText(part.runs)} / ${part.citation}`
    case 'table':
      return 'table'
    case 'archived':
      return `archived ${part.name}`
    case 'furniture':
      return `furniture ${part.name}`
  }
}

const read = (source: string, options?: BodyOptions) => {
  const {flags, imbalances, parts} = contentParts(source, options)
  expect(imbalances).toEqual([])
  return {parts: parts.map(inShort), flags: flags.map(({code, evidence}) => `${code}: ${evidence}`)}
}

test('classic text with a caption, a video on its own line and a gallery', () => {
  expect(
    read(`The bridge fell.
It was old.

[caption id="attachment_6" align="alignright" width="300"]<img class="wp-image-6" src="https://a.example/a.jpg" /> The bridge, with <em>care</em> [sic][/caption]

https://youtu.be/LtOGa5M8AuU

[gallery columns="2" ids="6, 7"]

The end.`).parts,
  ).toEqual([
    'normal: The bridge fell.\nIt was old.',
    'figure 6: The bridge, with care [sic]',
    'video youtube https://www.youtube.com/watch?v=LtOGa5M8AuU',
    'gallery 6 7',
    'normal: The end.',
  ])
})

test('square brackets in prose are prose', () => {
  const prose = 'They “was” [sic] there, [the mayor] said [laughs]. See [[gallery]] and [1].'
  expect(read(prose)).toEqual({
    parts: ['normal: They “was” [sic] there, [the mayor] said [laughs]. See [gallery] and [1].'],
    flags: [],
  })
})

test('a lone word in brackets stays, and is flagged', () => {
  expect(read('One.\n\n[newsletter]\n\nTwo.')).toEqual({
    parts: ['normal: One.', 'normal: [newsletter]', 'normal: Two.'],
    flags: ['perhapsShortcode: [newsletter]'],
  })
  expect(read('[newsletter]', {shortcodes: new Set(['newsletter'])}).parts).toEqual([
    'archived [newsletter]',
  ])
})

test('an unknown shortcode around words gives up the words', () => {
  expect(
    read('[dropcap style="big"]M[/dropcap]ystery [box title="a ] b"]in [b]two[/b] parts[/box].'),
  ).toEqual({
    parts: ['normal: Mystery in two parts.'],
    flags: [
      'unknownShortcode: [dropcap style="big"]',
      'unknownShortcode: [box title="a ] b"]',
      'unknownShortcode: [b]',
    ],
  })
})

test('an unknown shortcode without words is archived beside its paragraph', () => {
  const {parts} = contentParts('Write [contact-form-7 id="12" title="Us"] to us.')
  expect(parts.map(inShort)).toEqual(['normal: Write to us.', 'archived [contact-form-7]'])
  expect(parts[1]).toMatchObject({source: '[contact-form-7 id="12" title="Us"]', at: 6})
})

test('brackets in attributes and code are left alone', () => {
  expect(read('<a href="https://a.example/?q=[gallery]">one</a>').parts).toEqual(['normal: one'])
})

const blocks = `<!-- wp:paragraph -->
<p>One
line.</p>
<!-- /wp:paragraph -->

<!-- wp:list --><ul><!-- wp:list-item --><li>Item</li><!-- /wp:list-item --></ul><!-- /wp:list -->

<!-- wp:group {"layout":{"type":"constrained"}} --><div class="wp-block-group">
<!-- wp:heading --><h2>Inside</h2><!-- /wp:heading -->
<!-- wp:acme/map {"lat":1} /--></div><!-- /wp:group -->

<!-- wp:more --><!--more--><!-- /wp:more -->

<!-- wp:embed {"url":"https://twitter.com/ada/status/12","providerNameSlug":"twitter"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://twitter.com/ada/status/12
</div><figcaption>A post</figcaption></figure>
<!-- /wp:embed -->

<!-- wp:embed {"url":"https://unknown.example/"} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">https://unknown.example/</div></figure>
<!-- /wp:embed -->

Loose words.`

test('blocks are read in order, wrappers opened, unknown ones archived', () => {
  const {flags, parts} = read(blocks)
  expect(parts).toEqual([
    'normal: One line.',
    'bullet: Item',
    'heading: Inside',
    'archived wp:acme/map',
    'social x https://twitter.com/ada/status/12 A post',
    'archived wp:embed',
    'normal: Loose words.',
  ])
  expect(flags).toEqual([])
})

test('places are those of the source', () => {
  const {parts} = contentParts(blocks)
  expect(parts.map(({at}) => blocks.slice(at, at + 10).trim())).toEqual([
    'One\nline.<',
    'Item</li><',
    'Inside</h2',
    '<!-- wp:ac',
    '<!-- wp:em',
    '<!-- wp:em',
    'Loose word',
  ])
})

test('an unknown block around known ones is opened and flagged', () => {
  expect(
    read(
      '<!-- wp:acme/box --><div><!-- wp:paragraph --><p>Words.</p><!-- /wp:paragraph --></div><!-- /wp:acme/box -->',
    ),
  ).toMatchObject({parts: ['normal: Words.'], flags: [expect.stringMatching(/^unknownMarkup/)]})
})

test('blocks that do not close, close nothing or have broken attributes lose no words', () => {
  expect(read('<!-- wp:paragraph {"a": --><p>One.</p>')).toMatchObject({
    parts: ['normal: One.'],
    flags: [expect.stringMatching(/^brokenBlock/)],
  })
  expect(read('<!-- wp:paragraph --><p>One.</p><!-- /wp:list -->Two.')).toMatchObject({
    flags: [expect.stringMatching(/^brokenBlock/), expect.stringMatching(/^brokenBlock/)],
  })
})

const sharedBlock = (id: string): string | undefined =>
  id === '5'
    ? '<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph --><!-- wp:block {"ref":5} /-->'
    : undefined

test('a block that is shared by posts is put in its place, but never in itself', () => {
  const {parts} = read('<!-- wp:block {"ref":5} /--><!-- wp:block {"ref":6} /-->', {sharedBlock})
  expect(parts.filter((part) => part === 'normal: Shared.')).toHaveLength(5)
  expect(parts.filter((part) => part === 'archived wp:block')).toHaveLength(2)
})

test('an old gallery, and a pull quote', () => {
  expect(
    read(`<!-- wp:core/gallery {"ids":[null]} --><figure class="wp-block-gallery"><ul class="blocks-gallery-grid">
<li class="blocks-gallery-item"><figure><img src="https://a.example/a.png" alt="t" /></figure></li>
<li class="blocks-gallery-item"><figure><img src="https://a.example/b.png" alt="t" /></figure></li></ul></figure><!-- /wp:core/gallery -->
<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Words…</p><cite>Ada</cite></blockquote></figure><!-- /wp:pullquote -->`)
      .parts,
  ).toEqual(['gallery https://a.example/a.png https://a.example/b.png', 'pullQuote Words… / Ada'])
})

test('any text at all is read without loss', () => {
  const piece = fc.constantFrom(
    'words',
    '\n',
    '\n\n',
    '[',
    ']',
    '[caption]',
    '[/caption]',
    '[caption width="1"]<img src="https://a.example/a.jpg"> ',
    '[gallery ids="1"]',
    '[x a="]"]',
    '[/x]',
    '[[x]]',
    '<p>',
    '</p>',
    '<em>',
    '</em>',
    '<!-- wp:paragraph -->',
    '<!-- /wp:paragraph -->',
    '<!-- wp:group -->',
    '<!-- /wp:group -->',
    '<!-- wp:acme/x {"a":1} /-->',
    '<ul><li>',
    '</li></ul>',
    'https://youtu.be/LtOGa5M8AuU',
    '<copydesk-part>false</copydesk-part>',
    '&lt;p&gt;',
  )
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 14}), (pieces) => {
      const source = pieces.join('')
      const {imbalances, parts} = contentParts(source)
      expect(imbalances).toEqual([])
      expect(contentParts(source).parts).toEqual(parts)
    }),
    {numRuns: 200},
  )
})
