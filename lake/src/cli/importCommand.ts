import {createReadStream} from 'node:fs'
import {createInterface} from 'node:readline'

import {isJsonObject, type Json, type JsonObject} from '../document.ts'
import {DEFAULT_DATASET} from '../lake.ts'
import {type Command, operand, readOptions, UsageError} from './command.ts'
import {connect} from './connection.ts'
import {strengthening, weakened} from './weakReferences.ts'

export const importCommand: Command = {
  usage: 'import FILE.ndjson',
  summary: 'Writes the documents of a file over those that are there.',
  help: [
    'FILE.ndjson       one JSON object a line',
    `--dataset NAME    (default ${DEFAULT_DATASET})`,
    'What names assets to upload (_sanityAsset), and archives with assets (.tar.gz), are for',
    '"npm run sanity -- dataset import ARCHIVE DATASET" in Copydesk, and elsewhere for the package',
    '@sanity/import with a client of the lake.',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    const file = operand(positionals, 'FILE.ndjson')
    await using connection = await connect(values.data)
    const path = `/data/mutate/${encodeURIComponent(values.dataset)}?autoGenerateArrayKeys=true&skipCrossDatasetReferenceValidation=true`
    const write = async (mutations: readonly JsonObject[]): Promise<void> => {
      await connection.request(path, {method: 'POST', body: JSON.stringify({mutations})})
    }

    // Read twice, so that nothing is written of a file with a mistake in it.
    let count = 0
    for await (const document of documentsIn(file)) count += document === undefined ? 0 : 1
    // A document may refer to one that comes later: references are strong only at the end.
    const later: JsonObject[] = []
    await inBatches(documentsIn(file), write, (document) => {
      const patch = strengthening(document)
      if (patch !== null) later.push(patch)
      return {createOrReplace: weakened(document)}
    })
    await inBatches(later, write, (mutation) => mutation)
    console.log(`${count} documents are in ${values.dataset}.`)
  },
}

const documentsIn = async function* (file: string): AsyncGenerator<JsonObject> {
  let number = 0
  for await (const line of createInterface({input: createReadStream(file), crlfDelay: Infinity})) {
    number += 1
    if (line.trim() !== '') yield documentIn(line, `${file}:${number}`)
  }
}

const documentIn = (line: string, place: string): JsonObject => {
  let document: Json
  try {
    document = JSON.parse(line)
  } catch (error) {
    throw new UsageError(`${place}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!isJsonObject(document)) throw new UsageError(`${place}: expected a JSON object.`)
  const {_id, _type} = document
  if (typeof _id !== 'string' || typeof _type !== 'string') {
    throw new UsageError(`${place}: a document needs "_id" and "_type".`)
  }
  if (line.includes('"_sanityAsset"')) {
    throw new UsageError(
      `${place}: the document names an asset to upload; use "npm run sanity -- dataset import" or @sanity/import.`,
    )
  }
  return document
}

/** Well below the limit of a mutate request. */
const BATCH_LENGTH = 1024 * 1024

const inBatches = async (
  items: Iterable<JsonObject> | AsyncIterable<JsonObject>,
  write: (mutations: readonly JsonObject[]) => Promise<void>,
  toMutation: (item: JsonObject) => JsonObject,
): Promise<void> => {
  let batch: JsonObject[] = []
  let length = 0
  for await (const item of items) {
    const mutation = toMutation(item)
    batch.push(mutation)
    length += JSON.stringify(mutation).length
    if (length < BATCH_LENGTH) continue
    await write(batch)
    batch = []
    length = 0
  }
  if (batch.length > 0) await write(batch)
}
