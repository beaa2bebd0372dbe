/** Sanity’s own importer can read the file. */
import {Readable} from 'node:stream'

import {createLake, startServer} from '@copydesk/lake'
import {sanityImport} from '@sanity/import'
import {expect, test} from 'vitest'

import {clientFor} from '../../scripts/command/clientFor.ts'
import {realStory} from '../fixtures/fixtureStories.ts'
import {importStories} from '../importStories.ts'
import {prepareImport} from '../prepareImport.ts'
import {toNdjson} from './toNdjson.ts'

test('after sanity dataset import, the seed finds nothing to do', async () => {
  await using lake = createLake()
  const server = await startServer({lake, port: 0})
  const {projectId, token} = lake
  const client = clientFor({projectId, dataset: 'production', token, apiHost: server.url})
  const files = [realStory().path]
  const {documents} = await prepareImport(files)
  const ndjson = Readable.from([toNdjson(documents)])
  const imported = await sanityImport(ndjson, {client, operation: 'create'})
  const {counts} = await importStories({files, client})
  await server.close()
  expect(imported.numDocs).toBe(13)
  expect(counts).toMatchObject({created: 0, kept: 0, unchanged: 13})
})
