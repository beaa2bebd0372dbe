/** ANS → stories: what each key becomes, and what stays for an editor. */
import {expect, test} from 'vitest'

import {bodyInShort, codes, itemsOf, storiesIn} from '../../testFormats.ts'
import type {SiteProfile} from '../format.ts'
import {ans} from './ans.ts'

const story = (fields: object): object => ({
  _id: 'S1',
  type: 'story',
  version: '0.10.12',
  headlines: {basic: 'The bridge fell', web: 'Bridge!', meta_title: 'Bridge in Ash'},
  first_publish_date: '2015-06-24T09:49:00.10Z',
  content_elements: [{type: 'text', content: 'It <b>fell</b>.'}],
  ...fields,
})

const read = (documents: readonly object[], site?: SiteProfile) =>
  itemsOf(ans, {'a.json': JSON.stringify(documents)}, site)

async function only(fields: object, more: readonly object[] = [], site?: SiteProfile) {
  const [first] = storiesIn(await read([story(fields), ...more], site))
  if (!first) throw new Error('There is no story.')
  return first
}

test('is recognised by its content', () => {
  expect(ans.detects({text: JSON.stringify(story({}))})).toBe(true)
  expect(ans.detects({text: JSON.stringify([story({})])})).toBe(true)
  expect(ans.detects({text: '{"posts": [], "version": "5.0.0"}'})).toBe(false)
})

test('a story with all that it marks', async () => {
  const one = await only(
    {
      last_updated_date: '2015-06-25T00:00:00Z',
      subheadlines: {basic: 'On Monday night'},
      description: {basic: 'A bridge fell on Monday.'},
      label: {basic: {text: 'Accidents'}},
      credits: {
        by: [{_id: 'quill', name: 'Ada Quill', byline: 'By Ada Quill', bio: 'Writes.'}],
        photos_by: [{name: 'Ann Lens'}],
        edited_by: [{name: 'Ed Sharp'}],
      },
      vanity_credits: {by: [{name: 'Ada Quill, with the desk in Ash'}]},
      taxonomy: {
        primary_section: {_id: '/news', name: 'News'},
        sections: [
          {_id: '/news', name: 'News'},
          {_id: '/ash', name: 'Ash'},
        ],
        tags: [{text: 'C++', slug: 'c-2'}],
        keywords: [{keyword: 'bridge', score: 0.7}],
      },
      canonical_url: '/2015/06/24/bridge/',
      websites: {paper: {website_url: '/ash/bridge/'}},
      distributor: {name: 'Reuters', category: 'wires'},
      copyright: '© 2015 The Paper',
      location: 'Ash',
      language: 'en',
      promo_items: {
        basic: {
          type: 'image',
          url: 'https://a.example/a.jpg',
          caption: 'The bridge',
          alt_text: 'A gap',
          credits: {by: [{name: 'Ann Lens'}]},
        },
      },
      contributors: {created_by: {user_id: 'boss@private.example'}},
      auth: {1: 'd63ebc8a'},
    },
    [],
    {baseUrl: 'https://paper.example'},
  )
  expect(one).toMatchObject({
    source: {
      format: 'ans',
      key: 'S1',
      urls: ['https://paper.example/2015/06/24/bridge/', 'https://paper.example/ash/bridge/'],
    },
    headline: 'The bridge fell',
    kicker: 'Accidents',
    standfirst: 'On Monday night',
    names: [
      {text: 'Ada Quill', sourceId: 'ans:author:quill', role: 'writer', biography: 'Writes.'},
      {text: 'Ann Lens', role: 'photographer'},
    ],
    bylineText: 'Ada Quill, with the desk in Ash',
    times: {
      first: {instant: '2015-06-24T09:49:00.100Z'},
      modified: {instant: '2015-06-25T00:00:00.000Z'},
    },
    section: {name: 'News'},
    topics: [{name: 'Ash'}, {name: 'C++'}],
    credits: [{text: 'Reuters', kind: 'agency'}],
    rights: {notice: '© 2015 The Paper'},
    seo: {title: 'Bridge in Ash', description: 'A bridge fell on Monday.'},
    lead: {
      address: 'https://a.example/a.jpg',
      alt: 'A gap',
      caption: 'The bridge',
      credits: [{text: 'Ann Lens', kind: 'photographer'}],
    },
    access: 'free',
    oldAddresses: ['/2015/06/24/bridge/', '/ash/bridge/'],
    flags: [],
  })
  expect(one.residue.map(({pointer}) => pointer)).toEqual([
    '[0].headlines.web',
    '[0].credits.by.byline',
    '[0].credits.edited_by',
    '[0].taxonomy.keywords',
  ])
  expect(JSON.stringify(one)).not.toMatch(/private|d63ebc8a/)
})

test.each<[string, object, object, string[]]>([
  [
    'only the time of this version',
    {first_publish_date: null, publish_date: '2015-06-24T09:49:00Z'},
    {times: {first: {instant: '2015-06-24T09:49:00.000Z'}}},
    ['timeOfVersion'],
  ],
  [
    'an embargo that ends',
    {content_restrictions: {embargo: {active: true, end_time: '2030-01-01T00:00:00Z'}}},
    {status: 'usable', times: {embargo: {instant: '2030-01-01T00:00:00.000Z'}}},
    [],
  ],
  [
    'an embargo without an end',
    {content_restrictions: {embargo: {active: true}}},
    {status: 'withheld'},
    ['embargoWithoutEnd'],
  ],
  [
    'an embargo that is over',
    {content_restrictions: {embargo: {active: false}}},
    {status: 'usable'},
    [],
  ],
  [
    'an unknown content code',
    {content_restrictions: {content_code: 'green'}},
    {access: 'subscriber'},
    ['unknownAccess'],
  ],
  ['a story that is not published', {revision: {published: false}}, {status: 'draft'}, []],
  [
    'a correction',
    {corrections: [{text: 'It was Tuesday.'}]},
    {corrections: []},
    ['correctionWithoutTime'],
  ],
  ["an editor's note", {editor_note: 'Unpublished.'}, {}, ['noteWithoutTime']],
])('%s', async (_what, fields, expected, flags) => {
  const one = await only(fields)
  expect(one).toMatchObject(expected)
  expect(codes(one)).toEqual(flags)
})

test('a content code means what the site says', async () => {
  const one = await only({content_restrictions: {content_code: 'green'}}, [], {
    accessCodes: {green: 'registered'},
  })
  expect(one.access).toBe('registered')
  expect(codes(one)).toEqual([])
})

test('other documents of the archive are found by their ids', async () => {
  const items = await read([
    story({
      credits: {by: [{type: 'reference', referent: {type: 'author', id: 'quill'}}]},
      canonical_url: '/bridge/',
      content_elements: [{type: 'reference', referent: {type: 'image', id: 'I1'}}],
    }),
    {_id: 'quill', type: 'author', name: 'Ada Quill', version: '0.10.12'},
    {_id: 'I1', type: 'image', url: 'https://a.example/i.jpg', caption: 'Found', subtitle: 'Kept'},
    {type: 'redirect', canonical_url: '/old-bridge/', redirect_url: '/bridge/'},
    {type: 'story', content_elements: 'wrong'},
    {kind: 'nothing'},
  ])
  expect(items.map((item) => (item.kind === 'other' ? item.what : item.kind))).toEqual([
    'story',
    'author',
    'image',
    'redirect',
    'refused',
    'refused',
  ])
  const [one] = storiesIn(items)
  expect(one).toMatchObject({
    names: [{text: 'Ada Quill'}],
    oldAddresses: ['/bridge/', '/old-bridge/'],
    body: [{kind: 'figure', figure: {address: 'https://a.example/i.jpg', caption: 'Found'}}],
  })
  expect(one?.residue.map(({text: kept}) => kept)).toContain('Kept')
})

const text = (content: string): object => ({type: 'text', content})
const picture = {
  type: 'image',
  url: 'https://a.example/a.jpg',
  caption: 'A',
  credits: {by: [{name: 'Ann Lens'}]},
}

test.each<[string, object, string[]]>([
  ['a heading', {type: 'header', level: 3, content: 'Why'}, ['h3: Why']],
  [
    'lists',
    {
      type: 'list',
      list_type: 'unordered',
      items: [text('A'), {type: 'list', list_type: 'ordered', items: [text('B')]}],
    },
    ['bullet: A', 'number: B'],
  ],
  ['a block quotation', {type: 'blockquote', content: '<i>No.</i>'}, ['blockquote: No.']],
  [
    'a quotation with its source',
    {type: 'quote', content_elements: [text('No.')], citation: text('Ada')},
    ['blockquote: No.', 'blockquote: Ada'],
  ],
  [
    'a pull quote',
    {type: 'quote', subtype: 'pullquote', content_elements: [text('No.')]},
    ['[pullQuote No.]'],
  ],
  [
    'a picture in a quotation',
    {type: 'quote', content_elements: [picture, text('No.')]},
    ['[figure https://a.example/a.jpg | A]', 'blockquote: No.'],
  ],
  ['a table', {type: 'table', header: [text('Town')], rows: [['Ash']]}, ['[table]']],
  [
    'a group',
    {type: 'element_group', content_elements: [picture, text('After')]},
    ['[figure https://a.example/a.jpg | A]', 'After'],
  ],
  [
    'an embedded video',
    {
      type: 'oembed_response',
      raw_oembed: {html: '<iframe src="https://player.vimeo.com/video/76979871"></iframe>'},
    },
    ['[video https://vimeo.com/76979871]'],
  ],
  [
    'a video of the site',
    {
      type: 'video',
      headlines: {basic: 'The fall'},
      streams: [
        {url: 'https://a.example/s.mp4', bitrate: 9},
        {url: 'https://a.example/l.mp4', bitrate: 90},
      ],
    },
    ['[video https://a.example/l.mp4]'],
  ],
  [
    'a link between paragraphs',
    {type: 'interstitial_link', url: 'https://a.example/', content: 'More'},
    ['More'],
  ],
  ['a divider', {type: 'divider'}, []],
  [
    'markup of its own',
    {type: 'raw_html', content: '<iframe src="https://x.example"></iframe>'},
    ['[archived raw_html]'],
  ],
  [
    'a post that is only named',
    {type: 'reference', referent: {id: 'https://x.example/1'}},
    ['[archived reference]'],
  ],
  ['an unknown element', {type: 'mood', text: 'Grey'}, ['[archived mood]']],
  [
    'a group with something unknown in a list',
    {type: 'list', items: [{type: 'mood'}]},
    ['[archived list]'],
  ],
])('%s', async (_what, element, blocks) => {
  const one = await only({content_elements: [element]})
  expect(bodyInShort(one).blocks).toEqual(blocks)
})
