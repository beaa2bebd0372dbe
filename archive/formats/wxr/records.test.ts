import {expect, test} from 'vitest'

import {BrokenExport, wxrRecords, type WxrItem, type WxrRecord} from './records.ts'

const exported = (
  inside: string,
  version = '1.2',
): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/${version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/${version}/">
<channel><title>The Paper</title><wp:base_site_url>https://paper.example</wp:base_site_url>
${inside}
</channel></rss>`

/** The text in pieces of so many bytes: letters and tags are cut anywhere. */
const inPieces = (text: string, size: number): Uint8Array[] => {
  const bytes = new TextEncoder().encode(text)
  return Array.from({length: Math.ceil(bytes.length / size)}, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

const read = async (text: string, size = 7): Promise<WxrRecord[]> => {
  const records: WxrRecord[] = []
  for await (const record of wxrRecords(inPieces(text, size))) records.push(record)
  return records
}

const items = (records: readonly WxrRecord[]): WxrItem[] =>
  records.flatMap((record) => (record.kind === 'item' ? [record] : []))

const story = `<wp:author><wp:author_login>ada</wp:author_login>
<wp:author_email>ada@secret.example</wp:author_email>
<wp:author_display_name><![CDATA[Ådne & Ada]]></wp:author_display_name></wp:author>
<item><title>The “bridge” &amp; more</title><dc:creator>ada</dc:creator>
<content:encoded><![CDATA[<p>One</p>]]><![CDATA[<p>Two &amp; &lt;three&gt;</p>]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type><wp:post_password>hunter2</wp:post_password>
<category><![CDATA[News]]></category>
<category domain="category" nicename="news"><![CDATA[News]]></category>
<category domain="author" nicename="cap-ada"><![CDATA[ada]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>
<wp:postmeta><wp:meta_key>mail_api_key</wp:meta_key><wp:meta_value>sk-123</wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_author>Cora Commenter</wp:comment_author>
<wp:comment_author_email>cora@reader.example</wp:comment_author_email>
<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_content>I object.</wp:comment_content>
<wp:commentmeta><wp:meta_key>x</wp:meta_key><wp:meta_value>y</wp:meta_value></wp:commentmeta></wp:comment>
</item>`

test.each(['1.0', '1.1', '1.2'])(
  'an export of version %s, in pieces of any size',
  async (version) => {
    const records = await read(exported(story, version), 3)
    expect(await read(exported(story, version), 10_000)).toEqual(records)
    expect(records.map(({kind}) => kind)).toEqual(['site', 'author', 'item'])
    const [item] = items(records)
    expect(Object.fromEntries(item?.fields ?? [])).toEqual({
      title: 'The “bridge” & more',
      'dc:creator': 'ada',
      'content:encoded': '<p>One</p><p>Two &amp; &lt;three&gt;</p>',
      'excerpt:encoded': '',
      post_id: '7',
      post_type: 'post',
    })
    expect(item?.terms).toEqual([
      {domain: 'category', slug: 'news', name: 'News'},
      {domain: 'author', slug: 'cap-ada', name: 'ada'},
    ])
    expect(item?.comments).toBe(1)
    expect(item?.hasPassword).toBe(true)
  },
)

test('secrets and commenters are in no record', async () => {
  const records = await read(exported(story))
  const all = JSON.stringify(records, (_key, value: unknown) =>
    value instanceof Map ? [...value] : value,
  )
  expect(all).toContain('Ådne & Ada')
  for (const secret of [
    'hunter2',
    'sk-123',
    'secret.example',
    'Cora',
    'reader.example',
    '192.0.2',
    'object',
  ]) {
    expect(all).not.toContain(secret)
  }
})

test('a prefix is not a namespace', async () => {
  const records = await read(
    exported(`<wp:author xmlns:wp="http://fake.example/"><wp:author_login>x</wp:author_login></wp:author>
<item xmlns:other="http://wordpress.org/export/1.2/"><wp:post_id>1</wp:post_id><other:post_id>2</other:post_id>
<wp:status xmlns:wp="http://fake.example/">publish</wp:status></item>`),
  )
  expect(records.map(({kind}) => kind)).toEqual(['site', 'item'])
  const [item] = items(records)
  expect(Object.fromEntries(item?.fields ?? [])).toEqual({post_id: '1'})
  expect(item?.leftOver).toEqual([
    {name: 'other:post_id', value: '2'},
    {name: 'wp:status', value: 'publish'},
  ])
})

test.each([
  [
    'an element that does not close',
    '<rss xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>',
    2,
  ],
  ['a bare ampersand', exported('<item>\n<link>https://a.example/?a=1&b=2</link></item>'), 7],
  ['an entity of its own', exported('<item><title>&lol;</title></item>'), 6],
  ['other XML', '<rss><channel></channel></rss>', 1],
  ['no XML', 'plain text', 1],
])('refused with its line: %s', async (_name, text, line) => {
  const found = await read(text).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(found instanceof BrokenExport && found.line).toBe(line)
})

test('entities that grow are never replaced', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>&b;</title></channel></rss>`
  const found = await read(bomb).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(found instanceof BrokenExport).toBe(true)
})
