import {type JsonObject, isJsonObject, type Json} from '../../core/document.ts'
import {DEFAULT_DATASET} from '../../open/createLake.ts'
import {type Command, operand, readOptions, UsageError} from '../command.ts'
import {connect} from '../connectToLake.ts'
import {checkDocumentFile, documentsIn} from './documentFile.ts'

export const importCommand: Command = {
  usage: 'import FILE.ndjson',
  summary: 'Writes the documents of a file over those that are there.',
  help: [
    'FILE.ndjson       one JSON object a line',
    `--dataset NAME    (default ${DEFAULT_DATASET})`,
    'What names assets to upload (_sanityAsset), and archives with assets (.tar.gz), are for',
    '"lake sanity dataset import ARCHIVE --dataset NAME".',
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

    // Nothing is written of a file with a mistake in it.
    const count = await checkDocumentFile(file)
    const progress = {written: 0, strengthened: 0}
    // A document may refer to one that comes later: references are strong only at the end.
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
        `${error.message}\n${howFar(progress, count, later.length)} Run the same import again when ` +
          'the cause is gone: it writes over what is there.',
        {cause: error},
      )
    }
    if (progress.written !== count) {
      throw new UsageError(
        `${file} changed while it was read: ${progress.written} documents are in ${values.dataset}, ` +
          `${count} were counted before. Run the import again.`,
      )
    }
    console.log(`${count} documents are in ${values.dataset}.`)
  },
}

const howFar = (
  {written, strengthened}: {readonly written: number; readonly strengthened: number},
  count: number,
  toStrengthen: number,
): string =>
  written < count
    ? `${written} of ${count} documents are written, and their references are weak still.`
    : `All ${count} documents are written; the references of ${strengthened} of ${toStrengthen} are strong again.`

/** Bytes, well below the limit of a mutate request; a document that is longer goes alone. */
const BATCH_LENGTH = 1024 * 1024

/** Mutations, as many in a list as one request takes. */
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

/** Strong references made weak for as long as their targets may be missing, and strong again. */
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
