/** Sanity’s own importer can read the file. */
import {Readable} from 'node:stream'

import {createLake, startServer} from '@copydesk/lake'
import {createClient} from '@sanity/client'
import {sanityImport} from '@sanity/import'
import {expect, test} from 'vitest'

import {realStory} from '../fixtures/fixtureStories.ts'
import {importStories} from '../importStories.ts'
import {prepareImport} from '../prepareImport.ts'
import {toNdjson} from './toNdjson.ts'

test('after sanity dataset import, the seed finds nothing to do', async () => {
  await using lake = createLake()
  const server = await startServer({lake, port: 0})
  const client = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiHost: server.url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    token: lake.token,
  })
  const files = [realStory().path]
  const {documents} = await prepareImport(files)
  const ndjson = Readable.from([toNdjson(documents)])
  const imported = await sanityImport(ndjson, {client, operation: 'create'})
  const {counts} = await importStories({files, client})
  await server.close()
  expect(imported.numDocs).toBe(13)
  expect(counts).toMatchObject({created: 0, kept: 0, unchanged: 13})
})
