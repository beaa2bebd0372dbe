/** `lake import`: writes the documents of an NDJSON file to a dataset. */
import {type JsonObject, isJsonObject, type Json} from '../../core/document.ts'
import {DEFAULT_DATASET} from '../../open/lakeOptions.ts'
import {type Command, argument, readOptions, UsageError} from '../command.ts'
import {connect} from '../connectToLake.ts'
import {checkDocumentFile, documentsIn} from './documentFile.ts'

export const importCommand: Command = {
  usage: 'import FILE.ndjson',
  summary: 'Write the documents of a file, replacing those with the same id.',
  help: [
    'FILE.ndjson       the file to read, with one JSON object per line',
    `--dataset NAME    the dataset to write to (default ${DEFAULT_DATASET})`,
    '',
    'Import documents with assets to upload (_sanityAsset) and archives (.tar.gz) with',
    '"lake sanity dataset import ARCHIVE --dataset NAME".',
  ],
  run: async (argv) => {
    const {values, positionals} = readOptions(argv, {
      dataset: {type: 'string', default: DEFAULT_DATASET},
    })
    const file = argument(positionals, 'FILE.ndjson')
    await using connection = await connect(values.data)
    const path = `/data/mutate/${encodeURIComponent(values.dataset)}?autoGenerateArrayKeys=true&skipCrossDatasetReferenceValidation=true`
    const write = async (mutations: readonly JsonObject[]): Promise<void> => {
      await connection.request(path, {method: 'POST', body: JSON.stringify({mutations})})
    }

    // Checked first, so that nothing of a file with an error is written.
    const count = await checkDocumentFile(file)
    const progress = {written: 0, strengthened: 0}
    // A document may refer to a later one, so references are weak until all documents are written.
    const later: JsonObject[] = []
    try {
      for await (const batch of batches(documentsIn(file), (document) => {
        const patch = strengthening(document)
        if (patch !== null) later.push(patch)
        return {createOrReplace: weakened(document)}
      })) {
        await write(batch)
        progress.written += batch.length
      }
      for await (const batch of batches(later, (patch) => patch)) {
        await write(batch)
        progress.strengthened += batch.length
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw new UsageError(
        `${error.message}\n${howFar(progress, count, later.length)} Fix the cause and run the same ` +
          'import again: it replaces what was written.',
        {cause: error},
      )
    }
    if (progress.written !== count) {
      throw new UsageError(
        `${file} changed during the import: ${progress.written} documents were written to ` +
          `${values.dataset}, but ${count} were counted before. Run the import again.`,
      )
    }
    const documents = count === 1 ? '1 document' : `${count} documents`
    console.log(`Imported ${documents} into ${values.dataset}.`)
  },
}

const howFar = (
  {written, strengthened}: {readonly written: number; readonly strengthened: number},
  count: number,
  toStrengthen: number,
): string =>
  written < count
    ? `${written} of ${count} documents were written, and their references are still weak.`
    : `All ${count} documents were written; references of ${strengthened} of ${toStrengthen} documents are strong again.`

/** Bytes per request, well below the limit; a larger document gets a request of its own. */
const BATCH_LENGTH = 1024 * 1024

/** Groups mutations into requests. */
const batches = async function* (
  items: Iterable<JsonObject> | AsyncIterable<JsonObject>,
  toMutation: (item: JsonObject) => JsonObject,
): AsyncGenerator<readonly JsonObject[]> {
  let batch: JsonObject[] = []
  let length = 0
  for await (const item of items) {
    const mutation = toMutation(item)
    const bytes = Buffer.byteLength(JSON.stringify(mutation))
    if (batch.length > 0 && length + bytes > BATCH_LENGTH) {
      yield batch
      batch = []
      length = 0
    }
    batch.push(mutation)
    length += bytes
  }
  if (batch.length > 0) yield batch
}

/** References are made weak while their targets may be missing, and strong again at the end. */
const isStrong = (value: Json): value is JsonObject =>
  isJsonObject(value) && typeof value['_ref'] === 'string' && value['_weak'] !== true

const weakened = (document: JsonObject): JsonObject => {
  const result = weaken(document)
  return isJsonObject(result) ? result : document
}

const weaken = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(weaken)
  if (!isJsonObject(value)) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, weaken(child)]),
  )
  return isStrong(value) ? {...inner, _weak: true} : inner
}

/** The patch that undoes `weakened`, or null when there is nothing to undo. */
const strengthening = (document: JsonObject): JsonObject | null => {
  const unset = strongPaths(document, '').map((path) => `${path}._weak`)
  return unset.length === 0 ? null : {patch: {id: document['_id'] ?? null, unset}}
}

/** Paths of strong references in JSONMatch: `authors[0].author`, `['odd name']`. */
const strongPaths = (value: Json, path: string): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => strongPaths(item, `${path}[${index}]`))
  }
  if (!isJsonObject(value)) return []
  const here = isStrong(value) ? [path] : []
  return Object.entries(value).reduce<string[]>(
    (paths, [name, child]) => [...paths, ...strongPaths(child, step(path, name))],
    here,
  )
}

const step = (path: string, name: string): string => {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}
