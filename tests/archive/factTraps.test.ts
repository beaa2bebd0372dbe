/**
 * Names, prose, terms, times and rights: part of an adversarial corpus, small files with one trap
 * each. Each lists in lines all that the import makes of it: what it writes, what it proposes, and
 * what it flags. A line more or less fails, so a flag that goes missing is noticed, and so is a fact
 * that nobody stated.
 */
import {describe, expect, test} from 'vitest'

import {
  AT,
  ans,
  bodyOfNinjs,
  content,
  ghost,
  ninjs,
  page,
  textOfAns,
  type Trap,
  wxr,
} from './sources.ts'
import {storyLines} from './storyLines.ts'
import {testLake} from './testLake.ts'

const BY = 'printed: '
const NINJS_TIME = 'flag timeOfVersion'

/** Names, where a guess would put words into wrong mouths or people into wrong bylines. */
const NAMES: readonly Trap[] = [
  [
    'A with B',
    ninjs({by: 'Sam Reed with Lee Fox', ...bodyOfNinjs('<p>A.</p>')}),
    [
      `${BY}Sam Reed with Lee Fox`,
      'text: A.',
      'proposal byline: Sam Reed',
      'proposal byline: Lee Fox',
      NINJS_TIME,
    ],
  ],
  [
    'Smith, Jr.',
    ninjs({by: 'John Smith, Jr.', ...bodyOfNinjs('<p>A.</p>')}),
    [`${BY}John Smith, Jr.`, 'text: A.', 'proposal byline: John Smith', NINJS_TIME],
  ],
  [
    'A and B for the Post',
    ninjs({by: 'Sam Reed and Lee Fox for the Post', ...bodyOfNinjs('<p>A.</p>')}),
    [
      `${BY}Sam Reed and Lee Fox for the Post`,
      'text: A.',
      'proposal byline: Sam Reed',
      'proposal byline: Lee Fox',
      NINJS_TIME,
    ],
  ],
  [
    'agencies with hyphens',
    ninjs({by: 'NTB-AFP-DPA', ...bodyOfNinjs('<p>A.</p>')}),
    [`${BY}NTB-AFP-DPA`, 'text: A.', NINJS_TIME],
  ],
  [
    'an affiliation',
    page(
      '<meta name="author" content="Aaron J. Staples, Michigan State University">',
      '<article>A.</article>',
    ),
    [
      `${BY}Aaron J. Staples, Michigan State University`,
      'text: A.',
      'proposal byline: Aaron J. Staples',
    ],
  ],
  [
    'a byline in capitals',
    ninjs({by: 'BY SAM REED', ...bodyOfNinjs('<p>A.</p>')}),
    [`${BY}BY SAM REED`, 'text: A.', 'proposal byline: BY SAM REED', NINJS_TIME],
  ],
  [
    'a name with a comma in a field of its own',
    ghost({authors: [{id: 'u', name: 'Smith, Jr.'}], html: 'A.'}),
    ['by: Smith, Jr.', 'text: A.'],
  ],
  [
    'two names in a field for one',
    ghost({authors: [{id: 'u', name: 'Sam Reed and Lee Fox'}], html: 'A.'}),
    ['by: Sam Reed and Lee Fox', 'text: A.'],
  ],
  [
    'a name as an entity',
    ghost({authors: [{id: 'u', name: 'Zo&euml; Hart'}], html: 'A.'}),
    ['by: Zoë Hart', 'text: A.'],
  ],
  [
    'a name with a soft hyphen',
    ghost({authors: [{id: 'u', name: 'Zoë\u00AD Hart'}], html: 'A.'}),
    ['by: Zoë Hart', 'text: A.'],
  ],
  [
    'a login as author',
    content('A.').replace('<content', '<dc:creator>boss</dc:creator><content'),
    ['text: A.', 'flag unknownAuthor'],
  ],
  [
    'an e-mail address as login',
    content('A.').replace('<content', '<dc:creator>boss@private.example</dc:creator><content'),
    ['text: A.', 'flag unknownAuthor'],
  ],
  [
    'an organisation as author',
    page(
      '<script type="application/ld+json">{"@type":"Article","headline":"Title","author":{"@type":"NewsMediaOrganization","name":"The Paper"}}</script>',
      '<article>A.</article>',
    ),
    ['by: The Paper (desk)', 'text: A.', 'flag deskAsAuthor'],
  ],
  [
    'the address of a profile as author',
    page(
      '<meta property="article:author" content="https://fb.example/ada">',
      '<article>A.</article>',
    ),
    ['text: A.'],
  ],
  [
    'an author whose name is missing',
    ans({credits: {by: [{_id: 'x'}]}, ...textOfAns('A.')}),
    ['text: A.', 'left: {"_id":"x"}'],
  ],
  [
    'a sentence for a byline',
    ans({vanity_credits: {by: [{name: 'Our reporters in Ash and Elm'}]}, ...textOfAns('A.')}),
    [`${BY}Our reporters in Ash and Elm`, 'text: A.'],
  ],
]

/** Prose that begins like a part of the page. */
const PROSE: readonly Trap[] = (
  [
    ['Topics:', 'Topics: the mayor said there were many, and none was easy.'],
    ['By', 'By the river, by night.'],
    ['See', 'See the light, he said.'],
    ['Credits', 'Credits for the rescue go to the crew.'],
    ['Photo:', 'Photo: the last of her is from May.'],
    ['Advertisement', 'Advertisement was her trade.'],
    ['Related:', 'Related: by blood and by law.'],
    ['Updated:', 'Updated: the list of the missing.'],
    ['a time', '6:01 am, Monday. It was still dark.'],
    ['he said, after two men', 'Reed met Fox. “No,” he said.'],
    ['nested quotations', '“He told me ‘never’,” Fox said.'],
    ['less than', 'a < b and c > d'],
    ['an ampersand', 'AT&T & others'],
    ['a bracket', 'They “was” [sic] there [1].'],
  ] as const
).flatMap(([name, prose]): Trap[] => [
  [`${name}, in WordPress`, content(prose.replaceAll('<', '&lt;')), [`text: ${prose}`]],
  [
    `${name}, in ANS`,
    ans(textOfAns(prose.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))),
    [`text: ${prose}`],
  ],
])

const TERMS: readonly Trap[] = [
  [
    'C, C++ and C#',
    ghost({tags: ['C', 'C++', 'C#'].map((name) => ({id: name, name})), html: 'A.'}),
    ['topics: C; C++; C#', 'text: A.'],
  ],
  [
    'tags that differ in case',
    ghost({tags: ['Ash', 'ash'].map((name) => ({id: name, name})), html: 'A.'}),
    ['topics: Ash; ash', 'text: A.'],
  ],
  [
    'an internal tag',
    ghost({tags: [{id: 'i', name: '#paid'}], html: 'A.'}),
    ['text: A.', 'left: #paid'],
  ],
  [
    'keywords in one text',
    page(
      '<script type="application/ld+json">{"@type":"Article","headline":"Title","keywords":"C++, C , "}</script>',
      '<article>A.</article>',
    ),
    ['topics: C++; C', 'text: A.'],
  ],
  [
    'keywords of a machine',
    ans({taxonomy: {keywords: [{keyword: 'bridge'}]}, ...textOfAns('A.')}),
    ['text: A.', 'left: [{"keyword":"bridge"}]'],
  ],
  [
    'several categories',
    content('A.').replace(
      '<content',
      '<category domain="category" nicename="a">A</category><category domain="category" nicename="b">B</category><content',
    ),
    ['topics: A; B', 'text: A.', 'flag severalCategories'],
  ],
  [
    'a category without a domain',
    content('A.').replace('<content', '<category>News</category><content'),
    ['text: A.'],
  ],
  [
    'a taxonomy of the site',
    content('A.').replace(
      '<content',
      '<category domain="mood" nicename="g">Grey</category><content',
    ),
    ['text: A.', 'left: Grey'],
  ],
]

const TIMES: readonly Trap[] = [
  [
    'zeros',
    wxr('<content:encoded>A.</content:encoded>').replace(
      /<wp:post_date_gmt>.*<\/wp:post_date_gmt>/,
      '<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>',
    ),
    ['no time', 'text: A.'],
  ],
  [
    'the time of the feed',
    wxr('<content:encoded>A.</content:encoded>').replace(
      /<wp:post_date_gmt>.*<\/wp:post_date_gmt>/,
      '<pubDate>Mon, 01 May 2023 09:30:00 +0000</pubDate>',
    ),
    ['no time', 'text: A.'],
  ],
  [
    '30 February',
    ghost({published_at: '2023-02-30T09:30:00Z', html: 'A.'}),
    ['no time', 'text: A.'],
  ],
  [
    'a time without a zone',
    ghost({published_at: '2023-05-01 09:30', html: 'A.'}),
    ['no time', 'text: A.'],
  ],
  [
    'a date alone',
    page('', '<article>A.</article>').replace(AT, '2023-05-01'),
    ['no time', 'text: A.'],
  ],
  [
    'a change before the publication',
    page(
      '<meta property="article:modified_time" content="2020-01-01T00:00:00Z">',
      '<article>A.</article>',
    ),
    ['text: A.', 'flag changedBeforePublished'],
  ],
  [
    'a correction without a time',
    ans({corrections: [{text: 'It was Tuesday.'}], ...textOfAns('A.')}),
    ['text: A.', 'left: {"text":"It was Tuesday."}', 'flag correctionWithoutTime'],
  ],
]

const RIGHTS: readonly Trap[] = [
  [
    'a private post',
    content('A.').replace('>publish<', '>private<'),
    ['withheld', 'text: A.', 'flag privatePost'],
  ],
  [
    'an unknown status',
    content('A.').replace('>publish<', '>odd<'),
    ['draft', 'text: A.', 'flag unknownStatus'],
  ],
  [
    'an unknown status of Ghost',
    ghost({status: 'odd', html: 'A.'}),
    ['draft', 'text: A.', 'flag unknownStatus'],
  ],
  [
    'unknown readers',
    ghost({visibility: 'odd', html: 'A.'}),
    ['subscriber', 'text: A.', 'flag unknownAccess'],
  ],
  [
    'an unknown content code',
    ans({content_restrictions: {content_code: 'x'}, ...textOfAns('A.')}),
    ['subscriber', 'text: A.', 'flag unknownAccess'],
  ],
  [
    'an embargo without an end',
    ans({content_restrictions: {embargo: {active: true}}, ...textOfAns('A.')}),
    ['withheld', 'text: A.', 'flag embargoWithoutEnd'],
  ],
  [
    'a canceled item',
    ninjs({pubStatus: 'canceled', ...bodyOfNinjs('<p>A.</p>')}),
    ['draft', 'text: A.', 'flag canceled', NINJS_TIME],
  ],
  [
    "an editor's note",
    ans({editor_note: 'Unpublished.', ...textOfAns('A.')}),
    ['text: A.', 'left: Unpublished.', 'flag noteWithoutTime'],
  ],
]

describe.each<[string, readonly Trap[]]>([
  ['names', NAMES],
  ['prose', PROSE],
  ['terms', TERMS],
  ['times', TIMES],
  ['rights', RIGHTS],
])('%s', (_kind, traps) => {
  test.each(traps)('%s', async (_name, file, lines) => {
    expect(await storyLines(file)).toEqual([...lines].toSorted())
  })
})

test('a standfirst that is too long is left over, and flagged', async () => {
  await using lake = await testLake()
  const text = 'Words. '.repeat(60).trim()
  const path = await lake.put('a.json', ghost({custom_excerpt: text, html: 'A.'}))
  const report = await lake.run([path])
  expect(report.flags).toEqual({longStandfirst: 1})
  expect(
    await lake.client.fetch(
      '*[_type == "article"][0]{standfirst, "left": provenance.residue[].text}',
    ),
  ).toEqual({standfirst: null, left: [text]})
})
