/** WordPress exports → stories: authors, times, topics, pictures, what is left over. */
import {expect, test} from 'vitest'

import {bodyInShort, codes, itemsOf, storiesIn} from '../../testFormats.ts'
import type {Item, SiteProfile} from '../format.ts'
import {wxr} from './wxr.ts'

const exported = (inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Paper</title><link>https://paper.example</link><language>en-GB</language>
<wp:base_blog_url>https://paper.example</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Quill</wp:author_display_name></wp:author>
<wp:author><wp:author_login>lee</wp:author_login><wp:author_display_name>Lee Fox, Jr.</wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>news</wp:category_nicename><wp:cat_name>News</wp:cat_name></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>sport</wp:category_nicename><wp:cat_name>Sport</wp:cat_name></wp:category>
${inside}
</channel></rss>`

const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`

const NEWS = '<category domain="category" nicename="news">News</category>'

const item = (
  id: number,
  more: string,
  content = 'Words.',
): string => `<item><title>Story ${id}</title>
<link>https://paper.example/2014/05/story-${id}/</link><dc:creator>ada</dc:creator>
<guid isPermaLink="false">https://paper.example/?p=${id}</guid>
<content:encoded><![CDATA[${content}]]></content:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_name>story-${id}</wp:post_name><wp:post_date>2014-05-01 08:30:00</wp:post_date>
<wp:post_date_gmt>2014-05-01 06:30:00</wp:post_date_gmt>${more}</item>`

const other = (id: number, type: string, more: string): string =>
  `<item><title>Other</title><wp:post_id>${id}</wp:post_id><wp:post_type>${type}</wp:post_type><wp:status>inherit</wp:status>${more}</item>`

const picture = (id: number, more = ''): string =>
  other(
    id,
    'attachment',
    `<wp:attachment_url>https://paper.example/uploads/${id}.jpg</wp:attachment_url>
     <excerpt:encoded>The <![CDATA[<b>bridge</b>]]></excerpt:encoded>${more}`,
  )

const read = (inside: string, site?: SiteProfile): Promise<Item[]> =>
  itemsOf(wxr, {'a.xml': exported(inside)}, site)

async function only(inside: string, site?: SiteProfile) {
  const stories = storiesIn(await read(inside, site))
  const [story] = stories
  if (!story || stories.length > 1) throw new Error(`There are ${stories.length} stories.`)
  return story
}

test('a post with all that it marks', async () => {
  const story = await only(
    item(
      7,
      `${NEWS}<category domain="post_tag" nicename="c-2">C++</category>
       <category domain="mood" nicename="x">Grey</category>
       <excerpt:encoded><![CDATA[<p>It fell &amp; broke.</p>]]></excerpt:encoded>
       <wp:post_modified_gmt>2014-05-02 07:00:00</wp:post_modified_gmt>
       ${meta('_wp_old_slug', 'older')}${meta('_yoast_wpseo_title', 'For search')}
       ${meta('_yoast_wpseo_metadesc', '%%excerpt%%')}${meta('_yoast_wpseo_canonical', 'https://a.example/x')}
       ${meta('_yoast_wpseo_meta-robots-noindex', '1')}${meta('_yoast_wpseo_opengraph-title', 'For friends')}
       ${meta('mood', 'grey')}${meta('_edit_lock', '12:1')}`,
    ),
  )
  expect(story).toMatchObject({
    source: {
      format: 'wordpress',
      key: 'paper.example 7',
      originalId: '7',
      urls: ['https://paper.example/2014/05/story-7/'],
    },
    status: 'usable',
    headline: 'Story 7',
    slug: 'story-7',
    standfirst: 'It fell & broke.',
    names: [{text: 'Ada Quill', sourceId: 'wordpress:paper.example:user:ada', role: 'writer'}],
    times: {
      first: {instant: '2014-05-01T06:30:00.000Z'},
      modified: {instant: '2014-05-02T07:00:00.000Z'},
    },
    section: {name: 'News', sourceId: 'wordpress:paper.example:category:news'},
    topics: [{name: 'C++'}],
    seo: {title: 'For search', noIndex: true, canonicalUrl: 'https://a.example/x'},
    social: {title: 'For friends'},
    language: 'en-GB',
    oldAddresses: ['/2014/05/story-7/', '/?p=7', '/2014/05/older/'],
    flags: [],
  })
  expect(story.residue.map(({text}) => text)).toEqual([
    'grey',
    '<p>It fell &amp; broke.</p>',
    'Grey',
    '%%excerpt%%',
  ])
})

const term = (slug: string, text: string): string =>
  `<category domain="author" nicename="${slug}"><![CDATA[${text}]]></category>`
const guest = other(
  90,
  'guest-author',
  `<wp:post_name>cap-gil</wp:post_name>${meta('cap-user_login', 'gil')}${meta('cap-display_name', 'Gil Guest')}`,
)

test.each([
  [
    'Co-Authors Plus, users',
    term('cap-lee', 'lee') + term('cap-ada', 'ada'),
    ['Lee Fox, Jr.', 'Ada Quill'],
  ],
  ['a repeated term', term('cap-lee', 'lee').repeat(2), ['Lee Fox, Jr.']],
  ['a guest author', term('cap-gil', 'gil') + term('cap-ada', 'ada'), ['Gil Guest', 'Ada Quill']],
  [
    'PublishPress, a name with its own slug',
    term('zoe-hart', 'Zoe Hart and Son'),
    ['Zoe Hart and Son'],
  ],
  ['an export made by hand', term('ada', 'Ada Quill'), ['Ada Quill']],
])('authors of a taxonomy override the creator: %s', async (_which, terms, names) => {
  const story = await only(item(1, NEWS + terms) + guest)
  expect(story.names.map(({text}) => text)).toEqual(names)
  expect(codes(story)).toEqual([])
})

test('a login without a name is no author', async () => {
  const story = await only(item(1, NEWS + term('cap-nobody', 'nobody')))
  expect(story.names).toEqual([])
  expect(story.flags).toMatchObject([{code: 'unknownAuthor', evidence: 'nobody'}])
})

const at = (fields: string): string =>
  item(1, NEWS).replace(/<wp:post_date>.*?<\/wp:post_date_gmt>/s, fields)
const ZEROS = '<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>'
const LOCAL = '<wp:post_date>2014-05-01 08:30:00</wp:post_date>'

test.each<[string, string, SiteProfile, string | undefined, string[]]>([
  [
    'local time and a zone',
    LOCAL + ZEROS,
    {timeZone: 'Europe/Oslo'},
    '2014-05-01T06:30:00.000Z',
    ['localTime'],
  ],
  ['local time and no zone', LOCAL + ZEROS, {}, undefined, []],
  [
    'only the time of the feed',
    '<pubDate>Thu, 01 May 2014 06:30:00 +0000</pubDate>',
    {},
    undefined,
    [],
  ],
  ['no time', ZEROS, {timeZone: 'Europe/Oslo'}, undefined, []],
  [
    'a zone that does not fit',
    `${LOCAL}<wp:post_date_gmt>2014-05-01 06:30:00</wp:post_date_gmt>`,
    {timeZone: 'America/New_York'},
    '2014-05-01T06:30:00.000Z',
    ['otherTimeZone'],
  ],
])('time: %s', async (_which, fields, site, instant, flags) => {
  const story = await only(at(fields), site)
  expect(story.times.first?.instant).toBe(instant)
  expect(codes(story)).toEqual(flags)
})

test.each([
  ['publish', 'usable', []],
  ['future', 'usable', []],
  ['draft', 'draft', []],
  ['pending', 'draft', []],
  ['private', 'withheld', ['privatePost']],
  ['odd', 'draft', ['unknownStatus']],
])('status %s', async (status, expected, flags) => {
  const story = await only(item(1, NEWS).replace('>publish<', `>${status}<`))
  expect(story.status).toBe(expected)
  expect(codes(story)).toEqual(flags)
  expect(story.times.embargo !== undefined).toBe(status === 'future')
})

test('a post with a password is withheld, and the password is nowhere', async () => {
  const story = await only(item(1, `${NEWS}<wp:post_password>hunter2</wp:post_password>`))
  expect(story.status).toBe('withheld')
  expect(JSON.stringify(story)).not.toContain('hunter2')
})

const SPORT = '<category domain="category" nicename="sport">Sport</category>'

test.each([
  ['the only category', NEWS, 'News', []],
  [
    'the primary one of Yoast',
    NEWS + SPORT + meta('_yoast_wpseo_primary_category', '4'),
    'Sport',
    [],
  ],
  ['none of several', NEWS + SPORT, undefined, ['severalCategories']],
  [
    'a primary one that the post is not in',
    NEWS + SPORT + meta('_yoast_wpseo_primary_category', '9'),
    undefined,
    ['severalCategories'],
  ],
])('the section is %s', async (_which, terms, section, flags) => {
  const story = await only(item(1, terms))
  expect(story.section?.name).toBe(section)
  expect(codes(story)).toEqual(flags)
})

test('pictures are those of the attachments, in whichever file they are', async () => {
  const post = item(
    1,
    NEWS + meta('_thumbnail_id', '5'),
    `<img class="wp-image-6" src="https://paper.example/uploads/6-300x200.jpg">

[gallery ids="5,8"]`,
  )
  const files = {
    'posts.xml': exported(post),
    'pictures.xml': exported(
      picture(5, meta('_wp_attachment_image_alt', 'A bridge') + meta('_media_credit', 'Ann Lens')) +
        picture(
          6,
          meta(
            '_wp_attachment_metadata',
            'a:1:{s:10:"image_meta";a:1:{s:6:"credit";s:7:"Reuters";}}',
          ),
        ),
    ),
  }
  const [story] = storiesIn(await itemsOf(wxr, files))
  if (!story) throw new Error('There is no story.')
  expect(story.lead).toEqual({
    address: 'https://paper.example/uploads/5.jpg',
    alt: 'A bridge',
    caption: 'The bridge',
    credits: [{text: 'Ann Lens', kind: 'photographer'}],
  })
  expect(bodyInShort(story)).toEqual({
    blocks: [
      '[figure https://paper.example/uploads/6.jpg]',
      '[gallery https://paper.example/uploads/5.jpg | The bridge; attachment:8]',
    ],
    flags: ['missingAttachment'],
  })
})

test('a lead picture that is in no file is flagged', async () => {
  const story = await only(item(1, NEWS + meta('_thumbnail_id', '5')))
  expect(story.lead?.address).toBe('attachment:5')
  expect(codes(story)).toEqual(['missingAttachment'])
})

test('what is no post is counted by its kind', async () => {
  const comment = '<wp:comment><wp:comment_content>I object.</wp:comment_content></wp:comment>'
  const items = await read(
    item(1, NEWS + comment) +
      picture(2) +
      other(3, 'page', '') +
      item(4, '').replace('>publish<', '>trash<') +
      other(5, 'wp_block', '<content:encoded>Shared</content:encoded>') +
      '<item><title>Nothing</title></item>',
  )
  expect(items.map((one) => (one.kind === 'other' ? one.what : one.kind))).toEqual([
    'comment',
    'story',
    'attachment',
    'page',
    'trash',
    'wp_block',
    'refused',
  ])
})

test('other types of posts are stories if the site says so', async () => {
  const items = await read(item(1, NEWS) + other(2, 'report', ''), {postTypes: ['post', 'report']})
  expect(items.map(({kind}) => kind)).toEqual(['story', 'other'])
  const kept = await read(item(1, NEWS).replace('>post<', '>report<'), {postTypes: ['report']})
  expect(kept.map(({kind}) => kind)).toEqual(['story'])
})

test('blocks that posts share are put in their place', async () => {
  const shared = other(
    9,
    'wp_block',
    '<content:encoded><![CDATA[<p>Shared.</p>]]></content:encoded>',
  )
  const story = await only(item(1, NEWS, '<!-- wp:block {"ref":9} /-->') + shared)
  expect(bodyInShort(story).blocks).toEqual(['Shared.'])
})
