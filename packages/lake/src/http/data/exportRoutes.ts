/**
 * `GET /data/export`: all documents of a dataset as they are stored, one JSON object per line, in
 * the order of their ids, from one state of the dataset.
 *
 * With `nextCursor` in the URL the documents come in pages; the last line of a page names the next
 * one. Each page is from one state. Documents may be written between two pages, so a document
 * whose id changes, such as a draft that is published, may be in no page or in two.
 */
import {setImmediate} from 'node:timers/promises'

import type {DocumentSource} from '@copydesk/groq/engine'

import {readerOf} from '../../access/accessRules.ts'
import type {StoredDocument} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {isDocumentId} from '../../core/ids.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {EXPORT_PAGE_DOCUMENTS, EXPORT_TIMEOUT} from '../../core/limits.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {ndjson} from '../exchange/respond.ts'
import {whileAllowed} from '../routing/checkAccess.ts'
import {type RequestContext, route} from '../routing/route.ts'

const exportDocuments = async (context: RequestContext): Promise<LakeResponse> => {
  const {lake, caller, path, request} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const {includePrivate} = readerOf(caller)
  const parameters = parametersOf(request.search)
  const types = parameters.get('types')
  const wanted = types === null || types === '' ? null : new Set(types.split(','))
  const cursor = parameters.get('nextCursor')
  if (cursor !== null && cursor !== '' && !isDocumentId(cursor)) {
    throw badRequest('Parameter "nextCursor" is not valid.')
  }
  if (request.method === 'HEAD') return ndjson('')
  const frozen = await dataset.freeze()
  const source = frozen.source({perspective: 'raw', includePrivate})
  const found =
    cursor === null
      ? lines(ofTypes(source.scan(), wanted))
      : page(ofTypes(after(source, cursor), wanted))
  return ndjson(closing(whileAllowed(context, found), frozen.close, request.signal))
}

/** Calls `close` at the end, and when the client goes away, even one that never read anything. */
const closing = (
  parts: AsyncIterable<string>,
  close: () => void,
  signal: AbortSignal,
): AsyncIterable<string> => {
  const chunks = parts[Symbol.asyncIterator]()
  const end = (): void => {
    signal.removeEventListener('abort', end)
    close()
  }
  if (signal.aborted) end()
  else signal.addEventListener('abort', end)
  const iterator: AsyncIterator<string> = {
    next: async () => {
      try {
        const next = await chunks.next()
        if (next.done === true) end()
        return next
      } catch (error) {
        end()
        throw error
      }
    },
    return: async () => {
      end()
      await chunks.return?.()
      return {done: true, value: undefined}
    },
  }
  return {[Symbol.asyncIterator]: () => iterator}
}

/** Ids contain no NUL, so the smallest id after another one is that id with a NUL at its end. */
const after = (source: DocumentSource, id: string): Iterable<StoredDocument> =>
  (id !== '' && source.access?.read({by: 'idRange', range: {from: `${id}\0`}})) || source.scan()

const ofTypes = function* (documents: Iterable<StoredDocument>, types: Set<string> | null) {
  for (const document of documents) if (types === null || types.has(document._type)) yield document
}

/** Approximate characters of one chunk. */
const CHUNK_LENGTH = 64 * 1024

/** Other requests are handled between the chunks. */
const lines = async function* (documents: Iterable<StoredDocument>): AsyncGenerator<string> {
  const end = performance.now() + EXPORT_TIMEOUT
  let chunk = ''
  for (const document of documents) {
    chunk += `${JSON.stringify(document)}\n`
    if (chunk.length < CHUNK_LENGTH) continue
    yield chunk
    chunk = ''
    await setImmediate()
    if (performance.now() > end) {
      // The status is already sent; tools read the error from the last line.
      const description = `The export took longer than ${EXPORT_TIMEOUT / 60_000} minutes.`
      yield `${JSON.stringify({error: {description}})}\n`
      return
    }
  }
  if (chunk !== '') yield chunk
}

const page = async function* (documents: Iterable<StoredDocument>): AsyncGenerator<string> {
  let count = 0
  let last = ''
  let isMore = false
  const first = function* (): Generator<StoredDocument> {
    for (const document of documents) {
      if (count === EXPORT_PAGE_DOCUMENTS) {
        isMore = true
        return
      }
      count += 1
      last = document._id
      yield document
    }
  }
  yield* lines(first())
  if (isMore) yield `${JSON.stringify({nextCursor: last})}\n`
}

export const exportRoutes = [route('GET', '/data/export/:dataset', 'dataset', exportDocuments)]
