/** The import against a real lake, over HTTP, with an unmodified client. */
import {mkdir, mkdtemp, readFile, rm, truncate, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createLake, startServer, type Lake, type RunningServer} from '@copydesk/lake'
import {createClient, type SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {z} from 'zod'

import {internalsOf} from '../packages/lake/src/open/internals.ts'
import {rebuildSource} from './documents/rebuildSource.ts'
import {inventedStories, realStory} from './fixtures/fixtureStories.ts'
import {importStories, type ImportOptions, type ImportSummary} from './importStories.ts'
import {seedDocument, type Article} from './model/seedDocument.ts'
import {prepareImport} from './prepareImport.ts'
import {toNdjson} from './write/toNdjson.ts'

const ARTICLE = 'article-unilad-20210214-cc676a7c'
const AUTHOR = 'author-693232bf4607'
const stub = z.looseObject({_type: z.string()})
const NOTHING = {created: 0, unchanged: 0, replaced: 0, kept: 0, flagged: 0, refused: 0}

let lake: Lake
let server: RunningServer
let client: SanityClient
let folder: string

beforeEach(async () => {
  lake = createLake()
  server = await startServer({lake, port: 0})
  client = clientWith(lake.token)
  folder = await mkdtemp(join(tmpdir(), 'seed-'))
})

afterEach(async () => {
  await server.close()
  await lake.close()
  await rm(folder, {recursive: true})
})

function clientWith(token: string): SanityClient {
  return createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiHost: server.url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    perspective: 'raw',
    token,
  })
}

const run = (options: Partial<ImportOptions> = {}): Promise<ImportSummary> =>
  importStories({files: [realStory().path], client, ...options})

const revisions = (): Promise<Record<string, string>> =>
  client
    .fetch<{_id: string; _rev: string}[]>('*[!(_id in path("_.**"))]{_id, _rev} | order(_id)')
    .then((all) => Object.fromEntries(all.map(({_id, _rev}) => [_id, _rev])))

/** The article with this id from the dataset, without the fields that the server adds. */
async function storedArticle(id: string): Promise<Article> {
  const stored = await client.getDocument(id)
  const {_createdAt, _updatedAt, _rev, ...own} = z.looseObject({}).parse(stored)
  const document = seedDocument.parse(own)
  if (document._type !== 'article') throw new Error(`${id} is a document of another type.`)
  return document
}

const put = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await mkdir(join(path, '..'), {recursive: true})
  await writeFile(path, content)
  return path
}

const text = (headline: string, body = `A sentence of ${headline}.`): string =>
  `date 2021-02-14 unilad\n${headline}\nby : Ada Quill on : 14 Feb 2021 12:31\n${body}\nTopics: News\n`

const changed = (bytes: Uint8Array, from: string, to: string): string =>
  new TextDecoder().decode(bytes).replace(from, to)

describe('the real story', () => {
  test('can be queried', async () => {
    const summary = await run()
    expect(summary.counts).toEqual({...NOTHING, created: 13, flagged: 1})
    expect(
      await client.fetch(
        `*[_type == "article"][0]{
          headline, "by": byline[].author->name, "topics": topics[]->name,
          "credits": credits[].credit->name, "section": section->name,
          "pictures": ([leadMedia] + body[_type == "figure"])[].credits[].credit->name
        }`,
      ),
    ).toEqual({
      headline: 'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse',
      by: ['Cameron Frew'],
      topics: ['News', 'Elon Musk', 'Now', 'US', 'Vladimir Putin'],
      credits: [
        'Popular Mechanics',
        "Elon Musk's Internet was considered a threat to Russia's national security. And they want to fine for using Starlink",
      ],
      section: 'News',
      pictures: ['PA Images', 'PA Images'],
    })
  })

  test('is rebuilt from the dataset to the last byte', async () => {
    await run()
    const rebuilt = rebuildSource(await storedArticle(ARTICLE))
    expect(Buffer.from(rebuilt).equals(realStory().bytes)).toBe(true)
  })

  test('has each line in the field that its provenance names', async () => {
    await run()
    const {placed = []} = (await storedArticle(ARTICLE)).provenance ?? {}
    const lines = new TextDecoder().decode(realStory().bytes).split('\n')
    const inPieces = []
    for (const {line, field} of placed) {
      const path = field.startsWith('mostRead-')
        ? field.replace(/^(\S+?)\.(.*)$/, '*[_id == "$1"][0].$2')
        : `*[_id == "${ARTICLE}"][0].${field}`
      const words = lines[line - 1]?.replaceAll('\u00a0', ' ').trim().replace(/^1\. /, '')
      const found = JSON.stringify(await client.fetch(path))
      if (!found.includes(JSON.stringify(words).slice(1, -1)))
        inPieces.push([line, found.length > 50])
    }
    expect(placed).toHaveLength(25)
    // The byline and topics are references, and four paragraphs are cut into spans.
    expect(inPieces).toEqual([6, 17, 26, 30, 32, 62].map((line) => [line, true]))
  })

  test('is written once: the second run writes nothing', async () => {
    await run()
    const before = await revisions()
    const {revision} = internalsOf(lake).dataset('production').store
    const summary = await run()
    expect(summary.counts).toEqual({...NOTHING, unchanged: 13, flagged: 1})
    expect(await revisions()).toEqual(before)
    expect(internalsOf(lake).dataset('production').store.revision).toBe(revision)
  })

  test('is one transaction, named by the import', async () => {
    await run({newId: () => 'of-this-test'})
    expect(new Set(Object.values(await revisions()))).toEqual(new Set(['seed-of-this-test']))
  })

  test('a dry run reports the same and writes nothing', async () => {
    const dry = await run({dryRun: true})
    expect(await revisions()).toEqual({})
    expect(dry).toEqual({...(await run()), dryRun: true})
  })
})

describe('what an editor changed', () => {
  test('is kept, and the rest is unchanged', async () => {
    await run()
    await client.patch(ARTICLE).set({headline: 'Better', standfirst: 'More.'}).commit()
    const before = await revisions()
    const summary = await run()
    expect(summary.counts).toEqual({...NOTHING, unchanged: 12, kept: 1, flagged: 1})
    expect(summary.documents.find(({id}) => id === ARTICLE)).toEqual({
      id: ARTICLE,
      type: 'article',
      outcome: 'kept',
      reason: 'edited',
      fields: ['headline'],
    })
    expect(await revisions()).toEqual(before)
  })

  test('is set back with --replace, and nothing else changes', async () => {
    await run()
    await client.patch(ARTICLE).set({headline: 'Better', standfirst: 'More.'}).commit()
    const before = await revisions()
    const summary = await run({replace: true})
    expect(summary.counts).toEqual({...NOTHING, unchanged: 12, replaced: 1, flagged: 1})
    expect(await storedArticle(ARTICLE)).toMatchObject({
      headline: 'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse',
      standfirst: 'More.',
    })
    const after = await revisions()
    expect(Object.keys(after).filter((id) => after[id] !== before[id])).toEqual([ARTICLE])
    expect((await run({replace: true})).counts).toEqual({...NOTHING, unchanged: 13, flagged: 1})
  })

  test('a slug stays, even with --replace', async () => {
    await run()
    await client.patch(ARTICLE).set({'slug.current': 'better'}).commit()
    expect((await run({replace: true})).counts.unchanged).toBe(13)
    expect((await storedArticle(ARTICLE)).slug.current).toBe('better')
  })

  test('a draft counts as an edit of the fields that differ', async () => {
    await run()
    const {_rev, ...author} = (await client.getDocument(AUTHOR)) ?? {_id: '', _type: ''}
    await client.create({...author, _id: `drafts.${AUTHOR}`, _type: 'author', name: 'C. Frew'})
    expect((await run()).counts.unchanged).toBe(13)
    const file = await put('a.txt', changed(realStory().bytes, 'Scottish', 'native'))
    expect((await run({files: [file]})).documents.find(({id}) => id === AUTHOR)).toMatchObject({
      outcome: 'kept',
      reason: 'edited',
      fields: ['bio'],
    })
  })

  test('an unpublished document is not published again', async () => {
    await run()
    const stored = await storedArticle(ARTICLE)
    await client
      .transaction()
      .create<Record<string, unknown>>({...stored, _id: `drafts.${ARTICLE}`})
      .delete(ARTICLE)
      .commit()
    const summary = await run()
    expect(summary.documents.find(({id}) => id === ARTICLE)).toMatchObject({
      outcome: 'kept',
      reason: 'unpublished',
    })
    expect(await client.getDocument(ARTICLE)).toBeUndefined()
    expect((await run({replace: true})).counts.created).toBe(1)
  })

  test('a deleted document is made again', async () => {
    await run()
    await client.delete('mostRead-unilad-20210214')
    expect((await run()).counts).toMatchObject({created: 1, unchanged: 12})
  })
})

describe('many files', () => {
  test('a folder and its sub-folders, in one run, each rebuilt from the dataset', async () => {
    const stories = [realStory(), ...inventedStories()]
    for (const {name, bytes} of stories) await put(`deep/er/${name}.txt`, bytes)
    await put('notes.md', 'no story')
    const progress: unknown[] = []
    const summary = await run({files: [folder], onProgress: (at) => progress.push(at)})

    expect(summary.refused).toEqual([])
    expect(summary.stories).toHaveLength(stories.length)
    expect(progress).toHaveLength(stories.length)
    expect(progress.at(-1)).toMatchObject({done: stories.length, total: stories.length})
    for (const {article: id, file} of summary.stories) {
      const rebuilt = rebuildSource(await storedArticle(id))
      expect([file, Buffer.from(rebuilt).equals(await readFile(file))]).toEqual([file, true])
    }
    const again = await run({files: [folder]})
    expect(again.counts).toMatchObject({created: 0, unchanged: summary.counts.created})
  })

  test('a file that is not a story is refused by name and does not stop the others', async () => {
    await put('a.txt', text('A story'))
    await put('b.txt', 'date 2021-02-14 unilad\nA headline\nno byline.\n')
    await put('c.txt', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0))
    await put('d.txt', '')
    await truncate(await put('e.txt', ''), 50_000_000)
    await mkdir(join(folder, 'f.txt'))
    await put('f.txt/g.txt', text('Another story'))
    const summary = await run({files: [folder, join(folder, 'gone')]})
    const messages = summary.refused.map(({message}) => message.replaceAll(folder, ''))
    expect(messages).toEqual([
      '/gone: expected a file or folder, found nothing by that name',
      '/b.txt:3: expected a byline, `by : NAME on : 14 Feb 2021 12:31`, found “no byline.”',
      '/c.txt: expected text in UTF-8, found bytes that are not UTF-8',
      '/d.txt: expected a story, found an empty file',
      '/e.txt: expected a story of at most 1000000 bytes, found 50000000 bytes',
    ])
    expect(summary.counts).toMatchObject({refused: 5})
    expect(await client.fetch('*[_type == "article"].headline | order(@)')).toEqual([
      'A story',
      'Another story',
    ])
  })

  test('a story that changed on disk is kept as it was, until it is replaced', async () => {
    const file = await put('a.txt', text('A story'))
    await run({files: [file]})
    await put('a.txt', text('A story', 'Another sentence.'))
    const kept = await run({files: [file]})
    expect(kept.documents.find(({type}) => type === 'article')).toMatchObject({
      outcome: 'kept',
      reason: 'earlierImport',
      fields: ['body', 'provenance'],
    })
    expect((await run({files: [file], replace: true})).counts).toMatchObject({replaced: 1, kept: 0})
    expect(await client.fetch('*[_type == "article"][0].body[0].children[0].text')).toBe(
      'Another sentence.',
    )
  })

  test('a slug that another document has, or had, gets a suffix and keeps it', async () => {
    await client.create({_id: 'x', _type: 'article', slug: {_type: 'slug', current: 'a-story'}})
    await client.create({
      _id: 'y',
      _type: 'article',
      slug: {_type: 'slug', current: 'y'},
      previousSlugs: [{_key: 'k', _type: 'previousSlug', slug: 'b-story', retiredAt: '2021'}],
    })
    const files = [await put('a.txt', text('A story')), await put('b.txt', text('B story'))]
    const slugs = '*[_type == "article" && !(_id in ["x", "y"])] | order(headline).slug.current'
    await run({files})
    const first = await client.fetch<string[]>(slugs)
    expect(first).toEqual([
      expect.stringMatching(/^a-story-[0-9a-f]{8}$/),
      expect.stringMatching(/^b-story-[0-9a-f]{8}$/),
    ])
    expect((await run({files, replace: true})).counts).toMatchObject({created: 0, replaced: 0})
    expect(await client.fetch(slugs)).toEqual(first)
  })

  test('the same documents can be written as NDJSON', async () => {
    const {documents} = await prepareImport([realStory().path])
    const lines = toNdjson(documents).trimEnd().split('\n')
    expect(lines).toHaveLength(13)
    const create = lines.map((line) => ({create: stub.parse(JSON.parse(line))}))
    await client.transaction(create).commit()
    expect((await run()).counts).toEqual({...NOTHING, unchanged: 13, flagged: 1})
  })
})

describe('a dataset that an earlier version imported', () => {
  test('is recognised: no duplicates, and references stay', async () => {
    const lines = await readFile(
      join(import.meta.dirname, 'fixtures/earlier-version.ndjson'),
      'utf8',
    )
    const create = lines
      .trimEnd()
      .split('\n')
      .map((line) => ({create: stub.parse(JSON.parse(line))}))
    await client.mutate(create, {transactionId: 'seed-earlier'})
    const before = await revisions()
    for (const {name, bytes} of [realStory(), ...inventedStories()]) await put(`${name}.txt`, bytes)
    const summary = await run({files: [folder]})
    expect(summary.counts).toMatchObject({created: 0, replaced: 0, refused: 0})
    expect(await revisions()).toEqual(before)

    await run({files: [folder], replace: true})
    const dangling = '*[count(*[references(^._id)]) == 0 && _type in ["topic", "author"]]._id'
    const ids = Object.keys(await revisions())
    expect(ids.filter((id) => !(id in before))).toHaveLength(1)
    expect(await client.fetch(dangling)).toEqual([])
  })
})

test('a token without write access fails with the name of the story, and writes nothing', async () => {
  const reader = clientWith(lake.createToken('reader', 'viewer'))
  await expect(run({client: reader})).rejects.toThrow(
    /000_73de5ce1ef32ca8d\.txt could not be written/,
  )
  expect(await revisions()).toEqual({})
})
