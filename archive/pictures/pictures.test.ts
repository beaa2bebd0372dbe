/** Pictures of an archive: found, uploaded once, kept with their stories, and listed if missing. */
import sharp from 'sharp'
import {expect, test} from 'vitest'

import {testLake} from '../../tests/archive/testLake.ts'
import {pictureFiles} from './pictureFiles.ts'

const entries = [
  'site/uploads/2014/a.jpg',
  'site/uploads/2015/a.jpg',
  'pages/bridge_files/b c.png',
  'pages/bridge.html',
].map((path) => ({path, file: `/work/${path}`, size: 1}))

test.each([
  ['https://paper.example/wp-content/uploads/2014/a.jpg', 'x.xml', 'site/uploads/2014/a.jpg'],
  ['/content/uploads/2015/a.jpg?w=300', 'x.json', 'site/uploads/2015/a.jpg'],
  ['./bridge_files/b%20c.png', 'pages/bridge.html', 'pages/bridge_files/b c.png'],
  ['https://paper.example/a.jpg', 'x.xml', undefined],
  ['https://paper.example/other/a.jpg', 'x.xml', undefined],
  ['bridge.html', 'pages/bridge.html', undefined],
  ['%E0%A4%A', 'x.xml', undefined],
])('%s of %s is the file %s', (address, page, path) => {
  expect(pictureFiles(entries).find(address, page)?.path).toBe(path)
})

const post = (id: string, html: string, more: object = {}): object => ({
  id,
  title: `Story ${id}`,
  slug: `story-${id}`,
  html,
  status: 'published',
  published_at: '2023-05-01T09:30:00.000Z',
  ...more,
})

const png = (red: number): Promise<Buffer> =>
  sharp({create: {width: 8, height: 6, channels: 3, background: {r: red, g: 0, b: 0}}})
    .png()
    .toBuffer()

test('are uploaded once, and a second run uploads and writes nothing', async () => {
  await using lake = await testLake()
  const {client, folder} = lake
  await lake.put('content/images/2023/a.png', await png(1))
  await lake.put('content/images/2023/b.png', await png(2))
  await lake.put('content/images/2023/copy-of-b.png', await png(2))
  await lake.put('content/images/2023/broken.png', 'no picture')
  await lake.put(
    'posts.json',
    JSON.stringify({
      posts: [
        post(
          'a',
          '<p>A</p><img src="/content/images/2023/a.png" alt="A bridge"><img src="/content/images/2023/broken.png">',
          {feature_image: 'https://paper.example/content/images/2023/b.png'},
        ),
        post(
          'b',
          '<p>B</p><div class="gallery"><img src="/content/images/2023/a.png"><img src="/content/images/2023/copy-of-b.png"></div><img src="https://elsewhere.example/c.png">',
        ),
      ],
    }),
  )
  const paths = [`${folder}/archive`]
  const site = {section: 'News', pictureHosts: ['localhost']}
  const dry = await lake.run(paths, {pictures: 'copy', dryRun: true, site})
  expect(dry.missingPictures).toMatchObject([{address: 'https://elsewhere.example/c.png'}])
  const skipped = await lake.run(paths, {pictures: 'skip', dryRun: true, site})
  expect(skipped.missingPictures).toHaveLength(6)
  expect(new Set(skipped.missingPictures.map(({reason}) => reason))).toEqual(
    new Set(['pictures were skipped']),
  )
  const report = await lake.run(paths, {pictures: 'copy', site})
  expect(
    report.missingPictures
      .map(({address, reason}) => `${address}: ${reason.slice(0, 24)}`)
      .toSorted(),
  ).toEqual([
    '/content/images/2023/broken.png: the dataset refused it: ',
    'https://elsewhere.example/c.png: it is not in the archive',
  ])
  expect(await client.fetch('count(*[_type == "sanity.imageAsset"])')).toBe(2)
  expect(
    await client.fetch(
      `*[_type == "article"] | order(headline) {"lead": defined(leadMedia.asset),
        "body": body[_type == "figure"]{"has": defined(asset), alt, credits}, "gallery": count(body[_type == "gallery"][0].pictures[defined(asset)])}`,
    ),
  ).toEqual([
    {
      lead: true,
      body: [
        {has: true, alt: 'A bridge', credits: null},
        {has: false, alt: null, credits: null},
      ],
      gallery: null,
    },
    {lead: false, body: [{has: false, alt: null, credits: null}], gallery: 2},
  ])
  const before = await lake.revisions()
  await lake.run(paths, {pictures: 'copy', site})
  expect(await lake.revisions()).toEqual(before)
  const again = await lake.run(paths, {pictures: 'skip', site})
  expect(again.missingPictures).toHaveLength(2)
  expect(await lake.revisions()).toEqual(before)
  // Without the option nothing is taken away, even if the source's values are to be set again.
  await lake.run(paths, {site, replace: true})
  expect(await lake.revisions()).toEqual(before)
})
