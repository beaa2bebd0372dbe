import {createReadStream, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {exportDataset} from '@sanity/export'
import {sanityImport} from '@sanity/import'
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

import {openTarget, type Target} from './target.ts'

let target: Target
let folder: string
let source: string
const destinations: string[] = []
const clientOf = (dataset: string) => target.client({dataset})

beforeAll(async () => {
  target = await openTarget()
  folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  source = target.id('source')
  await target.client().datasets.create(source, {aclMode: 'private'})
  const client = clientOf(source)
  const picture = await sharp({
    create: {width: 30, height: 20, channels: 3, background: 'teal'},
  })
    .jpeg()
    .toBuffer()
  const image = await client.assets.upload('image', picture, {filename: 'teal.jpg'})
  const file = await client.assets.upload('file', Buffer.from('%PDF-1.7'), {filename: 'r.pdf'})
  await client
    .transaction()
    .create({
      _id: 'story',
      _type: 'note',
      title: 'Teal “quoted” 🦊',
      image: {_type: 'image', asset: {_type: 'reference', _ref: image._id}},
      files: [{_key: 'f', _type: 'file', asset: {_type: 'reference', _ref: file._id}}],
      author: {_type: 'reference', _ref: 'author'},
      related: [{_key: 'r', _type: 'reference', _ref: 'not-written-yet', _weak: true}],
    })
    .create({_id: 'author', _type: 'person', name: 'A. Uthor'})
    .create({_id: 'drafts.story', _type: 'note', title: 'Teal, revised'})
    .commit()
  await client.releases.create({releaseId: 'rBudget01', metadata: {releaseType: 'asap'}})
  await client.create({_id: 'versions.rBudget01.story', _type: 'note', title: 'Teal, for Monday'})
})
afterAll(async () => {
  for (const dataset of [source, ...destinations]) await target.client().datasets.delete(dataset)
  await target.close()
  rmSync(folder, {recursive: true})
})

const OWN = ['_rev', '_updatedAt']
/** An asset is uploaded again and gets a new address. */
const OWN_OF_ASSETS = [...OWN, '_createdAt', 'uploadId', 'path', 'url']

/** Documents without the fields that differ in every copy. */
const comparable = (documents: readonly Record<string, unknown>[]) =>
  documents.map((document) => {
    const own = String(document['_type']).startsWith('sanity.') ? OWN_OF_ASSETS : OWN
    return Object.fromEntries(Object.entries(document).filter(([name]) => !own.includes(name)))
  })

const contents = async (dataset: string): Promise<Record<string, unknown>[]> =>
  clientOf(dataset).fetch('*[!(_id in path("_.**"))] | order(_id)')

const bytesAt = async (url: string): Promise<Buffer> =>
  Buffer.from(await (await fetch(url)).arrayBuffer())

const exportedLines = async (
  search: string,
  token: string | null,
): Promise<Record<string, unknown>[]> => {
  const response = await fetch(target.url(`/data/export/${source}${search}`), {
    headers: {
      'x-sanity-project-id': target.projectId,
      ...(token !== null && {authorization: `Bearer ${token}`}),
    },
  })
  if (response.status !== 200) return [{status: response.status}]
  const text = await response.text()
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

describe('@sanity/export and @sanity/import', () => {
  test.each(['stream', 'cursor'] as const)(
    'a round trip keeps drafts, versions, references and assets (%s)',
    async (mode) => {
      const outputPath = join(folder, `${mode}.tar.gz`)
      const destination = target.id(mode)
      destinations.push(destination)
      await target.client().datasets.create(destination, {aclMode: 'private'})
      const exported = await exportDataset({
        client: clientOf(source),
        dataset: source,
        outputPath,
        compress: true,
        mode,
      })
      expect(exported).toMatchObject({documentCount: expect.any(Number), assetCount: 2})
      await sanityImport(createReadStream(outputPath), {
        client: clientOf(destination),
        operation: 'createOrReplace',
      })
      const [before, after] = [await contents(source), await contents(destination)]
      expect(before.map(({_id}) => _id)).toHaveLength(6)
      expect(comparable(after)).toEqual(comparable(before))
      for (const {url} of after.filter((document) => 'url' in document)) {
        const copied = await bytesAt(String(url))
        const original = await bytesAt(String(url).replace(`/${destination}/`, `/${source}/`))
        expect(copied.equals(original)).toBe(true)
      }
    },
  )
})

describe('GET /data/export', () => {
  test('some types only', async () => {
    const people = await exportedLines('?types=person', target.token)
    expect(people.map(({_id}) => _id)).toEqual(['author'])
  })

  test('a private dataset needs a token', async () => {
    expect(await exportedLines('', null)).toEqual([{status: 401}])
  })
})
