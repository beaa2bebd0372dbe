/** What must not leave a WordPress export is neither in the dataset nor in the report. */
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {testLake} from '../tests/archive/testLake.ts'
import {isBalanced} from './report/tally.ts'
import {writeReport} from './report/writeReport.ts'

const HASH = '$P$BDbEMPk8mUNjk2zTqdyPz5HpKbzjBm0'

/** Each must be found nowhere. */
const SECRETS = [
  'ada@secret.example',
  'lee@login.example',
  'hunter2',
  'sk-live-123',
  HASH,
  'second-password',
  'boss@private.example',
  'Cora Commenter',
  'cora@reader.example',
  '192.0.2.7',
  'I object',
  'Mozilla/5.0',
]

const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value><![CDATA[${value}]]></wp:meta_value></wp:postmeta>`

const post = (
  id: number,
  creator: string,
  more: string,
): string => `<item><title>Story ${id}</title>
<link>https://paper.example/story-${id}/</link><dc:creator>${creator}</dc:creator>
<content:encoded><![CDATA[<p>Words.</p>]]></content:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<wp:post_date_gmt>2014-05-01 06:30:00</wp:post_date_gmt>
<category domain="category" nicename="news">News</category>${more}</item>`

const EXPORT = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Paper</title><link>https://paper.example</link>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@secret.example</wp:author_email>
<wp:author_display_name>Ada Quill</wp:author_display_name></wp:author>
${post(
  1,
  'ada',
  `<wp:post_password>hunter2</wp:post_password>${meta('mail_api_key', 'sk-live-123')}${meta('old_user', HASH)}
${meta('settings', 'a:1:{s:8:"password";s:15:"second-password";}')}${meta('contact', 'boss@private.example')}
<wp:comment><wp:comment_author>Cora Commenter</wp:comment_author>
<wp:comment_author_email>cora@reader.example</wp:comment_author_email>
<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_agent>Mozilla/5.0</wp:comment_agent>
<wp:comment_content>I object.</wp:comment_content></wp:comment>`,
)}
${post(2, 'lee@login.example', meta('kept', 'A value that may be kept'))}
</channel></rss>`

test('passwords, keys, addresses of people and commenters', async () => {
  await using lake = await testLake()
  const report = await lake.run([await lake.put('export.xml', EXPORT)], {site: {}})
  expect(isBalanced(report)).toBe(true)
  expect(report).toMatchObject({stories: {length: 2}, others: {comment: 1}, refused: []})
  const dataset = await lake.client.fetch<unknown[]>('*[!(_id in path("_.**"))]')
  const files = await writeReport(join(lake.folder, 'report'), report)
  const texts = await Promise.all(files.map((one) => readFile(one, 'utf8')))
  const everything = [JSON.stringify(dataset), ...texts].join('\n')
  expect(everything).toContain('A value that may be kept')
  expect(everything).toContain('Ada Quill')
  expect(SECRETS.filter((secret) => everything.includes(secret))).toEqual([])
})
