/**
 * Reads the documents of an NDJSON file for `lake import`. Documents that the lake would reject or silently
 * change are reported with file and line before anything is written, as `@sanity/import` does.
 */
import {createReadStream} from 'node:fs'
import {open} from 'node:fs/promises'

import {isJsonObject, type Json, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {isDocumentId} from '../../core/ids.ts'
import {MAX_DOCUMENT_BYTES, MAX_MUTATION_BYTES} from '../../core/limits.ts'
import {checkDocument} from '../../write/mutations/checkDocument.ts'
import {Refusal} from '../../write/transaction/refusal.ts'
import {UsageError} from '../command.ts'
import {LineError, textLines} from '../textLines.ts'

/** JSON escapes can make a line six times as long as the document. */
const LONGEST_LINE = 6 * MAX_DOCUMENT_BYTES
/** Bytes of a request without its document, with room for weak references. */
const REQUEST_MARGIN = 100_000

/**
 * @yields The documents in the order of the file.
 * @throws UsageError that names the line.
 */
export const documentsIn = async function* (file: string): AsyncGenerator<JsonObject> {
  for await (const {document} of linesIn(file)) yield document
}

/**
 * Reads the whole file and writes nothing.
 * @returns How many documents are in it.
 * @throws UsageError for the first error in the file.
 */
export const checkDocumentFile = async (file: string): Promise<number> => {
  await requirePlainFile(file)
  const lineOf = new Map<string, number>()
  for await (const {number, document} of linesIn(file)) {
    const {_id} = checked(document, `${file}:${number}`)
    const earlier = lineOf.get(_id)
    if (earlier !== undefined) {
      throw new UsageError(
        `${file}:${number}: the id "${_id}" is also in line ${earlier}. Remove one of the two documents.`,
      )
    }
    lineOf.set(_id, number)
  }
  return lineOf.size
}

/** The file is read twice; archives need another command. */
const requirePlainFile = async (file: string): Promise<void> => {
  const handle = await open(file)
  try {
    if (!(await handle.stat()).isFile()) {
      throw new UsageError(
        `${file} is not a regular file. It must be one, because it is read twice.`,
      )
    }
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(2), 0, 2, 0)
    if (bytesRead === 2 && buffer.readUInt16BE() === GZIP) {
      throw new UsageError(`${file} is an archive. Import it with "lake sanity dataset import".`)
    }
  } finally {
    await handle.close()
  }
}

const GZIP = 0x1f8b

const linesIn = async function* (
  file: string,
): AsyncGenerator<{readonly number: number; readonly document: JsonObject}> {
  try {
    for await (const {number, text} of textLines(createReadStream(file), LONGEST_LINE)) {
      if (/\S/.test(text)) yield {number, document: documentIn(text, `${file}:${number}`)}
    }
  } catch (error) {
    if (error instanceof LineError) throw new UsageError(`${file}:${error.line}: ${error.message}`)
    throw error
  }
}

const documentIn = (text: string, place: string): JsonObject => {
  let document: Json
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${place}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (isJsonObject(document)) return document
  throw new UsageError(`${place}: expected a JSON object.`)
}

/** @param place `file:line` of the document, for errors. */
const checked = (body: JsonObject, place: string): StoredDocument => {
  const {_id, _type} = body
  if (typeof _id !== 'string' || typeof _type !== 'string') {
    throw new UsageError(`${place}: a document must have "_id" and "_type".`)
  }
  if (!isDocumentId(_id)) {
    throw new UsageError(
      `${place}: ${JSON.stringify(_id)} is not a valid id: use up to 128 letters, digits and "_.-".`,
    )
  }
  const json = JSON.stringify(body)
  if (json.includes('"_sanityAsset":')) {
    throw new UsageError(
      `${place}: the document has an asset to upload. Use "lake sanity dataset import".`,
    )
  }
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_MUTATION_BYTES - REQUEST_MARGIN) {
    throw new UsageError(
      `${place}: the document has ${bytes} bytes; the limit of a request is ${MAX_MUTATION_BYTES}.`,
    )
  }
  const document = {_rev: '', _createdAt: '', _updatedAt: '', ...body, _id, _type}
  const stored = withinLimits(document, place)
  if (stored === document) return document
  throw new UsageError(
    `${place}: a string contains half a surrogate pair (\\ud800 to \\udfff), which is not a character.`,
  )
}

const withinLimits = (document: StoredDocument, place: string): StoredDocument => {
  try {
    return checkDocument(document)
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(`${place}: ${error.message}.`) : error
  }
}
