/** The import of archives against a real lake, over HTTP, with an unmodified client. */
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'

import {createLake, type Lake, type RunningServer, startServer} from '@copydesk/lake'
import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {articleBySlugQuery, formerAddressQuery} from '../front/queries/index.ts'
import {clientFor} from '../scripts/command/clientFor.ts'
import {type ArchiveImport, importArchive} from './importArchive.ts'
import {type ArchiveReport, isBalanced} from './report/tally.ts'
import {writeReport} from './report/writeReport.ts'
import {zipOf} from './testArchives.ts'
import {undoImport} from './undoImport.ts'

let lake: Lake
let server: RunningServer
let client: SanityClient
let folder: string
let runs = 0

beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  const {projectId, token} = lake
  client = clientFor({projectId, dataset: 'production', token, apiHost: server.url}).withConfig({
    perspective: 'raw',
  })
  folder = await mkdtemp(join(tmpdir(), 'archive-'))
})

afterEach(async () => {
  await server.close()
  await lake.close()
  await rm(folder, {recursive: true})
})

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'archive', name)
  await mkdir(dirname(path), {recursive: true})
  await writeFile(path, content)
  return path
}

async function run(
  paths: readonly string[],
  options: Partial<ArchiveImport> = {},
): Promise<ArchiveReport> {
  const workFolder = await mkdtemp(join(folder, 'work-'))
  return importArchive({
    paths,
    client,
    workFolder,
    run: `test-${(runs += 1)}`,
    site: {section: 'News'},
    ...options,
  })
}

const revisions = (): Promise<Record<string, string>> =>
  client
    .fetch<{_id: string; _rev: string}[]>('*[!(_id in path("_.**"))]{_id, _rev} | order(_id)')
    .then((all) => Object.fromEntries(all.map(({_id, _rev}) => [_id, _rev])))

/** Everything but what the server adds. */
const contents = (): Promise<unknown> =>
  client
    .fetch<Record<string, unknown>[]>('*[!(_id in path("_.**"))] | order(_id)')
    .then((all) => all.map(({_createdAt, _updatedAt, _rev, ...own}) => own))

const post = (id: string, fields: object = {}) => ({
  id,
  title: `Story ${id}`,
  slug: `story-${id}`,
  html: `<p>Words of ${id}, and <a href="https://x.org/">a link</a>.</p>`,
  status: 'published',
  published_at: '2023-05-01T09:30:00.000Z',
  updated_at: '2023-05-02T10:00:00.000Z',
  ...fields,
})

const ghost = (...posts: object[]): string => JSON.stringify({posts})

const dump = (headline: string): string =>
  `date 2021-02-14 unilad\n${headline}\nby : Ada Quill on : 14 Feb 2021 12:31\nA sentence of ${headline}.\nTopics: News\n`

/** Which file and place a document came from follows from how the archive is divided. */
const withoutPlace = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll(/"(?:file|pointer)":"[^"]*"/g, '""')
    .replaceAll(/posts\[\d\]/g, '')

describe('an archive', () => {
  test('becomes articles that readers see, and archived blocks that they do not', async () => {
    const file = await put(
      'ghost.json',
      ghost(
        post('a', {
          html: '<p>One.</p><x-quiz>How old?</x-quiz><p>Two.</p>',
          url: 'https://old.org/2014/05/a/',
        }),
      ),
    )
    const report = await run([file])
    expect(report).toMatchObject({items: 1, drafts: 0, flagged: 1, archived: {'x-quiz': 1}})
    expect(isBalanced(report)).toBe(true)

    const now = new Date().toISOString()
    const article = await client.fetch(
      articleBySlugQuery,
      {slug: 'story-a', now},
      {perspective: 'published'},
    )
    expect(article?.body?.map(({_type}) => _type)).toEqual(['block', 'block'])
    expect(article?.section?.name).toBe('News')
    const moved = await client.fetch(
      formerAddressQuery,
      {address: '/2014/05/a/', now},
      {perspective: 'published'},
    )
    expect(moved).toEqual({slug: 'story-a'})
    const stored = await client.fetch<unknown>(
      '*[_type == "article"][0].body[_type == "archivedBlock"]{kind, source, text}',
    )
    expect(stored).toEqual([
      {kind: 'x-quiz', source: '<x-quiz>How old?</x-quiz>', text: 'How old?'},
    ])
  })

  test('of several formats and packings, with totals that add up', async () => {
    await put('a.txt', dump('First'))
    await put('b.json', ghost(post('b'), post('p', {type: 'page'})))
    await put('notes.md', 'Where the files come from')
    await put('feed.xml', '<?xml version="1.0"?><rss version="2.0"><channel/></rss>')
    await put('broken.json', '{"db": [')
    const zip = join(folder, 'more.zip')
    await writeFile(
      zip,
      zipOf([
        {name: 'posts/c.json', content: ghost(post('c'))},
        {name: '../evil.json', content: ghost(post('evil'))},
      ]),
    )
    const report = await run([join(folder, 'archive'), zip])
    expect(Array.from(report.stories, ({title}) => title.replace(/^.*\//, ''))).toEqual([
      'a.txt',
      'Story b',
      'Story c',
    ])
    expect(report.others).toEqual({'file (md)': 1, page: 1})
    expect(report.refused.map(({reason}) => reason)).toEqual([
      'expected a file that is safe to unpack, found a name that leads out of the archive',
      'expected a story or an archive of stories, found an RSS feed, which the import does not read yet',
      expect.stringMatching(/^expected JSON, found /),
    ])
    expect(report.items).toBe(8)
    expect(isBalanced(report)).toBe(true)
  })

  test('gives the same dataset whatever its order, and whether it is one file or several', async () => {
    const posts = ['a', 'b', 'c'].map((id) =>
      post(id, {
        authors: [{id: `u-${id}`, name: 'Ada Quill'}],
        slug: 'same',
        tags: [
          {id: 't', name: 'Harbour'},
          {id: `t-${id}`, name: `C${'+'.repeat(id.charCodeAt(0) - 97)}`},
        ],
      }),
    )
    await run([await put('one.json', ghost(...posts))])
    const whole = await contents()
    await client.delete({query: '*[_type == "article"]'})
    await client.delete({query: '*[!(_id in path("_.**"))]'})
    const files = await Promise.all(
      posts.toReversed().map((one, index) => put(`${index}.json`, ghost(one))),
    )
    await run(files)
    const parts = await contents()
    expect(withoutPlace(parts)).toBe(withoutPlace(whole))
  })
})

describe('a second run', () => {
  test('writes nothing', async () => {
    const file = await put(
      'ghost.json',
      ghost(post('a'), post('b', {status: 'draft'}), post('c', {title: ''})),
    )
    const first = await run([file])
    expect(first.documents.created).toBe(4)
    expect(first.drafts).toBe(2)
    const before = await revisions()
    const second = await run([file])
    expect(second.documents).toEqual({created: 0, unchanged: 4, replaced: 0, kept: 0})
    expect(await revisions()).toEqual(before)
  })

  test('keeps what an editor changed, and a draft that was published', async () => {
    const file = await put('ghost.json', ghost(post('a'), post('b', {status: 'draft'})))
    await run([file])
    const [a, b] = await client.fetch<string[]>('*[_type == "article"] | order(headline)._id')
    await client
      .patch(a ?? '')
      .set({headline: 'Edited'})
      .commit()
    const draft = await client.getDocument(b ?? '')
    await client
      .transaction()
      .createOrReplace({
        ...draft,
        _id: (b ?? '').replace('drafts.', ''),
        _type: 'article',
        headline: 'Published',
      })
      .delete(b ?? '')
      .commit()
    const before = await revisions()
    const report = await run([file])
    expect(report.documents).toMatchObject({created: 0, kept: 2})
    expect(await revisions()).toEqual(before)
  })

  test('of an export that is newer keeps the dataset, and with replace takes the newer', async () => {
    await run([await put('ghost.json', ghost(post('a')))])
    const newer = await put('newer.json', ghost(post('a', {title: 'New headline'})))
    expect((await run([newer])).documents.kept).toBe(1)
    expect((await run([newer], {replace: true})).documents.replaced).toBe(1)
    expect(await client.fetch('*[_type == "article"].headline')).toEqual(['New headline'])
  })

  test('after an interruption ends as if there had been none', async () => {
    const file = await put(
      'ghost.json',
      ghost(...Array.from({length: 60}, (_, n) => post(`n${n}`))),
    )
    await run([file])
    const whole = await contents()
    await client.delete({query: '*[_type == "article"]'})
    await client.delete({query: '*[!(_id in path("_.**"))]'})
    const stop = new AbortController()
    const cut = await run([file], {signal: stop.signal, onProgress: () => stop.abort()})
    expect(cut).toMatchObject({interrupted: true, stories: {length: 50}})
    await run([file])
    expect(await contents()).toEqual(whole)
  })
})

describe('what is missing or double', () => {
  test.each([
    ['noHeadline', {title: null}],
    ['noTime', {published_at: null}],
    ['noTime', {published_at: '2023-05-01 09:30'}],
    ['noText', {html: null}],
    ['longHeadline', {title: 'Long '.repeat(40)}],
  ])('%s: the story becomes a draft that is listed', async (code, fields) => {
    const report = await run([await put('ghost.json', ghost(post('a', fields)))])
    expect([...report.stories]).toMatchObject([{draftBecause: [expect.any(String)]}])
    expect(Object.keys(report.flags)).toEqual([code])
    expect(await client.fetch('*[_type == "article"]{_id}')).toEqual([
      {_id: expect.stringMatching(/^drafts\.article-ghost-/)},
    ])
  })

  test('noSection: nothing is assumed', async () => {
    const report = await run([await put('ghost.json', ghost(post('a')))], {site: {}})
    expect(report.flags).toEqual({noSection: 1})
  })

  test('two records of one story: the newest is imported, the other is listed', async () => {
    const report = await run([
      await put(
        'new.json',
        ghost(post('a', {title: 'New', updated_at: '2023-06-01T00:00:00.000Z'})),
      ),
      await put('old.json', ghost(post('a', {title: 'Old'}))),
    ])
    expect(await client.fetch('*[_type == "article"].headline')).toEqual(['New'])
    expect(report.superseded).toHaveLength(1)
    expect(isBalanced(report)).toBe(true)
  })

  test('names are one only if they are equal, and ids count more than names', async () => {
    const tags = ['C', 'C++', 'C#', 'Re\u0301sume\u0301', 'Résumé', 'Resume'].map((name) => ({
      id: name,
      name,
    }))
    const file = await put(
      'ghost.json',
      ghost(
        post('a', {
          tags,
          authors: [
            {id: 'u1', name: 'Ada Quill'},
            {id: 'u2', name: 'Ada Quill'},
          ],
        }),
        post('b', {
          tags: [
            {id: 't1', name: 'Harbour'},
            {id: 't2', name: 'Harbour'},
          ],
        }),
      ),
    )
    const report = await run([file])
    expect(await client.fetch('*[_type == "topic" && name != "News"].name | order(@)')).toEqual([
      'C',
      'C#',
      'C++',
      'Harbour',
      'Harbour',
      'Resume',
      'Résumé',
      'Résumé',
    ])
    expect(await client.fetch('count(*[_type == "author"])')).toBe(2)
    // Both forms of Résumé have ids of their own, so they are two, with a flag.
    expect(report.flags['sameName']).toBe(6)
    const before = await revisions()
    await run([file])
    expect(await revisions()).toEqual(before)
  })

  test('two stories with one address: the second gets another', async () => {
    await run([
      await put('ghost.json', ghost(post('a', {slug: 'same'}), post('b', {slug: 'same'}))),
    ])
    const slugs = await client.fetch<string[]>('*[_type == "article"].slug.current')
    expect(slugs.toSorted()).toEqual(['same', expect.stringMatching(/^same-[0-9a-f]{8}$/)])
  })
})

test('a dry run writes nothing and reports the same', async () => {
  const file = await put('ghost.json', ghost(post('a'), post('b')))
  const dry = await run([file], {dryRun: true})
  expect(await revisions()).toEqual({})
  const wet = await run([file])
  expect({...dry, run: '', dryRun: false}).toEqual({...wet, run: ''})
})

test('undo takes back what the run created and nobody has changed', async () => {
  await run([await put('before.json', ghost(post('z', {tags: [{id: 't1', name: 'Harbour'}]})))])
  const before = await revisions()
  const {run: name} = await run([
    await put(
      'ghost.json',
      ghost(
        post('a', {authors: [{id: 'u1', name: 'Ada Quill'}], tags: [{id: 't1', name: 'Harbour'}]}),
        post('b', {authors: [{id: 'u2', name: 'Bo Writer'}]}),
      ),
    ),
  ])
  await client.patch({query: '*[headline == "Story a"]'}).set({headline: 'Edited'}).commit()
  const {deleted, kept} = await undoImport(client, name)
  expect(deleted).toHaveLength(2)
  expect(kept).toHaveLength(1)
  expect(
    await client.fetch(
      '*[_type in ["article", "author"]]{"it": coalesce(headline, name)}.it | order(@)',
    ),
  ).toEqual(['Ada Quill', 'Edited', 'Story z'])
  expect(await revisions()).toMatchObject(before)
})

test('the report is a page, a table of flags and one of redirects', async () => {
  const report = await run([
    await put(
      'ghost.json',
      ghost(
        post('a', {
          html: '<script>x</script><aside>x</aside><p><a href="javascript:x">=A, "B"</a></p>',
          url: 'https://old.org/a/',
        }),
      ),
    ),
  ])
  const files = await writeReport(join(folder, 'report'), report)
  expect(files.map((file) => file.slice(dirname(file).length + 1))).toEqual([
    'index.html',
    'report.json',
    'flags.csv',
    'redirects.csv',
  ])
  const [page, json, flags, redirects] = await Promise.all(
    files.map((file) => readFile(file, 'utf8')),
  )
  expect(page).toContain('Every record and every letter is accounted for.')
  expect(page).not.toContain('<script')
  expect(JSON.parse(json ?? '')).toMatchObject({items: 1, text: {source: 7, kept: 6, furniture: 1}})
  expect(flags).toContain('unsafeLink')
  expect(redirects).toBe('from,to\r\nhttps://old.org/a/,story-a\r\n')
})
