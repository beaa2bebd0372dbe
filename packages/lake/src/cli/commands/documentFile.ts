/**
 * Reads the documents of an NDJSON file. What a lake would refuse or silently change is refused
 * here, with the file and the line, before anything is written; `@sanity/import` does the same.
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

/** Escapes make a line up to six times as long as its text. */
const LONGEST_LINE = 6 * MAX_DOCUMENT_BYTES
/** Bytes of a request beside the document that it writes, with room for weak references. */
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
 * @throws UsageError for the first mistake.
 */
export const checkDocumentFile = async (file: string): Promise<number> => {
  await requirePlainFile(file)
  const lineOf = new Map<string, number>()
  for await (const {number, document} of linesIn(file)) {
    const {_id} = checked(document, `${file}:${number}`)
    const earlier = lineOf.get(_id)
    if (earlier !== undefined) {
      throw new UsageError(
        `${file}:${number}: the id "${_id}" is in line ${earlier} already. Keep one of the two.`,
      )
    }
    lineOf.set(_id, number)
  }
  return lineOf.size
}

/** It is read twice, and an archive is for another command. */
const requirePlainFile = async (file: string): Promise<void> => {
  const handle = await open(file)
  try {
    if (!(await handle.stat()).isFile()) {
      throw new UsageError(`${file} is no regular file. It is read twice: once to check it.`)
    }
    const {buffer, bytesRead} = await handle.read(Buffer.alloc(2), 0, 2, 0)
    if (bytesRead === 2 && buffer.readUInt16BE() === GZIP) {
      throw new UsageError(`${file} is an archive. Use "lake sanity dataset import" for it.`)
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

/** @param place Of the document: `file:line`. */
const checked = (body: JsonObject, place: string): StoredDocument => {
  const {_id, _type} = body
  if (typeof _id !== 'string' || typeof _type !== 'string') {
    throw new UsageError(`${place}: a document needs "_id" and "_type".`)
  }
  if (!isDocumentId(_id)) {
    throw new UsageError(
      `${place}: ${JSON.stringify(_id)} cannot be an id: use up to 128 letters, digits and "_.-".`,
    )
  }
  const json = JSON.stringify(body)
  if (json.includes('"_sanityAsset":')) {
    throw new UsageError(
      `${place}: the document names an asset to upload; use "lake sanity dataset import".`,
    )
  }
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_MUTATION_BYTES - REQUEST_MARGIN) {
    throw new UsageError(
      `${place}: the document has ${bytes} bytes, and a request can hold ${MAX_MUTATION_BYTES}.`,
    )
  }
  const document = {_rev: '', _createdAt: '', _updatedAt: '', ...body, _id, _type}
  const stored = withinLimits(document, place)
  if (stored === document) return document
  throw new UsageError(
    `${place}: a string holds one half of a surrogate pair (\\ud800 to \\udfff), which is no character.`,
  )
}

const withinLimits = (document: StoredDocument, place: string): StoredDocument => {
  try {
    return checkDocument(document)
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(`${place}: ${error.message}.`) : error
  }
}
