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

/**
 * All documents of a dataset as they are stored, one JSON object a line, in the order of their
 * ids: of one state of the dataset, that at the beginning. With `nextCursor` in the URL the
 * documents come in pages; the last line of a page that is not the last names the next one. Each
 * page is of one state. Between two pages others may write, and a document that gets another id
 * meanwhile, such as a draft that is published, may be in no page or in two.
 */
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

/** Closes at the end, and when the reader goes away, even one that never took anything. */
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

/** Ids have no NUL in them, so the smallest id after another is that one and a NUL. */
const after = (source: DocumentSource, id: string): Iterable<StoredDocument> =>
  (id !== '' && source.access?.read({by: 'idRange', range: {from: `${id}\0`}})) || source.scan()

const ofTypes = function* (documents: Iterable<StoredDocument>, types: Set<string> | null) {
  for (const document of documents) if (types === null || types.has(document._type)) yield document
}

/** About how much is written at once. */
const CHUNK_LENGTH = 64 * 1024

/** Other requests are answered between the chunks. */
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
      // The status is sent already: tools read the failure from a line of its own.
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
