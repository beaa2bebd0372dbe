/**
 * Markup: part of an adversarial corpus, small files with one trap each. Each says all that the
 * import makes of it, in lines: what it writes, what it proposes, and what it flags. A line more or
 * less fails, so a flag that goes missing is noticed, and so is a fact that nobody stated.
 */
import {expect, test} from 'vitest'

import {ans, content, ghost, ninjs, page, type Trap} from './sources.ts'
import {storyLines} from './storyLines.ts'

const NINJS_TIME = 'flag timeOfVersion'

const MARKUP: readonly Trap[] = [
  [
    'a link that runs code',
    ghost({html: '<p>See <a href="java&#10;script:alert(1)">this</a>.</p>'}),
    ['text: See this.', 'flag unsafeLink'],
  ],
  [
    'a link without its page',
    ghost({html: '<p>See <a href="/about">this</a>.</p>'}),
    ['text: See this.', 'flag relativeLink'],
  ],
  [
    'a form',
    ghost({html: '<p>A.</p><form>Your mail <input></form><p>B.</p>'}),
    ['text: A.', 'text: B.', 'left: <form>Your mail <input></form>', 'flag leftOutByMarkup'],
  ],
  [
    'code of a page',
    ghost({html: '<p>A.</p><script>steal()</script>'}),
    ['text: A.', 'left: <script>steal()</script>'],
  ],
  [
    'an unknown element around prose',
    ghost({html: '<p>A <x-term>big</x-term> day.</p>'}),
    ['text: A big day.', 'flag unknownMarkup'],
  ],
  [
    'an unknown element between paragraphs',
    ghost({html: '<p>A.</p><x-quiz>How old?</x-quiz>'}),
    ['text: A.', 'archived x-quiz: How old?', 'flag archived'],
  ],
  [
    'a word with a drop cap',
    content('[dropcap]M[/dropcap]ysterium'),
    ['text: Mysterium', 'flag unknownShortcode'],
  ],
  [
    'a shortcode without words',
    content('Write [contact-form-7 id="1"] to us.'),
    ['text: Write to us.', 'archived [contact-form-7]: ', 'flag archived'],
  ],
  [
    'a gallery without ids',
    content('A.\n\n[gallery columns="2"]'),
    ['text: A.', 'archived [gallery]: ', 'flag archived'],
  ],
  [
    'a block that does not close',
    content('<!-- wp:paragraph --><p>A.</p>'),
    ['text: A.', 'flag brokenBlock'],
  ],
  [
    'a block with broken attributes',
    content('<!-- wp:paragraph {"a": --><p>A.</p><!-- /wp:paragraph -->'),
    ['text: A.', 'flag brokenBlock'],
  ],
  [
    'a block of a plugin',
    content('<!-- wp:acme/map {"lat":1} /-->'),
    ['archived wp:acme/map: ', 'flag archived'],
  ],
  [
    'an embed of an unknown site',
    content(
      '<!-- wp:embed {"url":"https://odd.example/"} --><figure><div class="wp-block-embed__wrapper">https://odd.example/</div></figure><!-- /wp:embed -->',
    ),
    ['archived wp:embed: https://odd.example/', 'flag archived'],
  ],
  [
    'a credit in a caption',
    ghost({
      html: '<figure><img src="https://a.example/a.jpg"><figcaption>Ash. (Photo: Ann Lens)</figcaption></figure>',
    }),
    ['figure https://a.example/a.jpg: Ash. (Photo: Ann Lens)'],
  ],
  [
    'a marked credit',
    ghost({
      html: '<figure><img src="https://a.example/a.jpg"><figcaption>Ash. <i itemprop="creditText">Ann Lens</i></figcaption></figure>',
    }),
    ['figure https://a.example/a.jpg: Ash. © Ann Lens'],
  ],
  [
    'a picture without an address',
    ghost({html: '<p>A.</p><img alt="A bridge">'}),
    ['text: A.', 'flag pictureWithoutAddress'],
  ],
  [
    'a picture inside a sentence',
    ghost({html: '<p>One <img src="https://a.example/a.jpg"> two.</p>'}),
    ['text: One two.', 'figure https://a.example/a.jpg: '],
  ],
  [
    'a quotation with its source',
    ghost({html: '<blockquote>No.<cite>Ada</cite></blockquote>'}),
    ['text: No.Ada', 'flag citation'],
  ],
  [
    'quotation marks of a browser',
    ghost({html: '<p>He said <q>no</q>.</p>'}),
    ['text: He said “no”.', 'flag addedQuotationMarks'],
  ],
  [
    'a table with joined cells',
    ghost({html: '<table><tr><td colspan="2">A</td></tr></table>'}),
    ['archived table: A', 'flag archived'],
  ],
  [
    'a button in the middle of a sentence',
    ghost({html: '<p>One <button>Ad</button> two.</p>'}),
    [
      'text: One',
      'text: two.',
      'left: <button>Ad</button>',
      'flag leftOutByMarkup',
      'flag splitParagraph',
    ],
  ],
  [
    'a link in a table',
    ghost({html: '<table><tr><td><a href="https://a.example/">A</a></td></tr></table>'}),
    ['table', 'left: https://a.example/', 'flag linkInTable'],
  ],
  [
    'a correction in the text',
    ans({
      content_elements: [
        {type: 'correction', text: 'It was Tuesday.', correction_type: 'clarification'},
      ],
    }),
    ['text: It was Tuesday.', 'left: clarification', 'flag correctionInText'],
  ],
  [
    'a credit as one string',
    ninjs({
      associations: [
        {
          type: 'picture',
          renditions: [{href: 'https://a.example/a.jpg'}],
          creditLine: 'Ann Lens/The Paper',
        },
      ],
    }),
    [
      'figure https://a.example/a.jpg: ',
      'left: Ann Lens/The Paper',
      'flag creditAsPrinted',
      NINJS_TIME,
    ],
  ],
  [
    'text that was decoded wrongly',
    ghost({html: '<p>It doesnâ€™t.</p>'}),
    ['text: It doesnâ€™t.', 'flag damagedText'],
  ],
  ['entities that must stay text', content('&lt;p&gt;A&lt;/p&gt;'), ['text: <p>A</p>']],
  [
    'invisible and mirrored characters',
    ghost({html: '<p>A\u202Eb\u202C\u200B\uFEFFc</p>'}),
    ['text: A\u202Eb\u202Cc'],
  ],
  ['only invisible characters', ghost({html: '<p>\u200B\uFEFF</p><p>A.</p>'}), ['text: A.']],
  [
    'a video without a title',
    ghost({html: '<iframe src="https://www.youtube.com/embed/LtOGa5M8AuU"></iframe>'}),
    ['video YouTube video', 'flag untitledRecording'],
  ],
  [
    'HTML beside plain text',
    ninjs({
      bodies: [
        {contentType: 'text/plain', value: 'Plain.'},
        {contentType: 'text/html', value: '<p>Rich.</p>'},
      ],
    }),
    ['text: Rich.', 'left: Plain.', NINJS_TIME],
  ],
  ['no element that is the story', page('', '<p>A.</p>'), ['text: A.', 'flag bodyGuessed']],
  [
    'two articles',
    page('', '<article>A.</article><article>B.</article>'),
    ['text: A.', 'text: B.', 'flag bodyGuessed'],
  ],
  [
    'metadata with a longer story',
    page(
      `<script type="application/ld+json">{"@type":"Article","headline":"Title","articleBody":"${'A long story. '.repeat(20)}"}</script>`,
      '<article>A.</article>',
    ),
    ['text: A.', 'flag shorterThanStated'],
  ],
]

test.each(MARKUP)('%s', async (_name, file, lines) => {
  expect(await storyLines(file)).toEqual([...lines].toSorted())
})
