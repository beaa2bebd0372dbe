/**
 * `GET /data/history`: what happened to documents and releases, and earlier states of documents.
 */
import type {JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {isDocumentId, isReleaseName} from '../../core/ids.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import {documentEvents} from '../../write/history/documentEvents.ts'
import type {Page, PageRequest} from '../../write/history/eventPage.ts'
import {
  historyTransactions,
  type TransactionsRequest,
} from '../../write/history/historyTransactions.ts'
import {pastDocuments, type PointInTime} from '../../write/history/pastDocuments.ts'
import {releaseEvents} from '../../write/history/releaseEvents.ts'
import {flag, parametersOf, wholeNumber} from '../exchange/requestUrl.ts'
import {json, ndjson} from '../exchange/respond.ts'
import {whileAllowed} from '../routing/checkAccess.ts'
import {type RequestContext, route} from '../routing/route.ts'
import {documentIds} from './documentRoutes.ts'

const datasetOf = ({lake, path}: RequestContext): Dataset =>
  lake.datasets.get(path['dataset'] ?? '')

const MAX_TRANSACTIONS = 1_000_000

const transactions = (context: RequestContext): LakeResponse => {
  const {store} = datasetOf(context)
  const ids = context.path['ids']
  const parameters = parametersOf(context.request.search)
  const text = (name: string): string | undefined => parameters.get(name) || undefined
  const limit = wholeNumber(parameters, 'limit', {
    otherwise: MAX_TRANSACTIONS,
    least: 0,
    most: MAX_TRANSACTIONS,
  })
  const request: TransactionsRequest = {
    documentIds: ids === undefined ? undefined : documentIds(ids),
    fromTransaction: text('fromTransaction'),
    toTransaction: text('toTransaction'),
    fromTime: text('fromTime'),
    toTime: text('toTime'),
    authors: text('authors')?.split(','),
    reverse: flag(parameters, 'reverse'),
    limit,
    excludeContent: flag(parameters, 'excludeContent'),
    excludeMutations: flag(parameters, 'excludeMutations'),
    includeIdentifiedDocumentsOnly: flag(parameters, 'includeIdentifiedDocumentsOnly'),
    includeEffects: text('effectFormat') === 'mendoza',
  }
  return ndjson(whileAllowed(context, lines(historyTransactions(store.history, request))))
}

/** Reads the first line at once, so that an error in the request is thrown before anything is sent. */
const lines = (values: Iterator<JsonObject>): AsyncIterable<string> => {
  let next = values.next()
  return (async function* () {
    while (next.done !== true) {
      yield `${JSON.stringify(next.value)}\n`
      next = values.next()
    }
  })()
}

const documents = (context: RequestContext): JsonObject => {
  const {store} = datasetOf(context)
  const ids = documentIds(context.path['ids'] ?? '')
  const moment = momentOf(context)
  // One transaction, so that all documents come from one state of the dataset.
  const documents = store.read(() =>
    moment === undefined
      ? ids.flatMap((id) => store.get(id) ?? [])
      : pastDocuments(store.history, ids, moment),
  )
  return {documents}
}

/** Documented: at most one of the three; without any of them the present documents. */
const momentOf = ({request}: RequestContext): PointInTime | undefined => {
  const parameters = parametersOf(request.search)
  const revision = parameters.get('revision')
  const time = parameters.get('time')
  const last = flag(parameters, 'lastRevision')
  if ([revision, time, last].filter(Boolean).length > 1) {
    throw badRequest('Use only one of the parameters "revision", "time" and "lastRevision".')
  }
  if (revision) return {revision}
  if (time) return {time}
  return last ? {lastRevision: true} : undefined
}

const MAX_EVENTS = 1000

const pageOf = ({request}: RequestContext): PageRequest => {
  const parameters = parametersOf(request.search)
  return {
    limit: wholeNumber(parameters, 'limit', {otherwise: 100, least: 1, most: MAX_EVENTS}),
    nextCursor: parameters.get('nextCursor') || undefined,
  }
}

const eventsOfDocument = (context: RequestContext): JsonObject => {
  const {store} = datasetOf(context)
  const id = context.path['id'] ?? ''
  if (!isDocumentId(id)) throw badRequest(`Invalid document ID "${id}".`)
  const {events, nextCursor} = documentEvents(store.history, id, pageOf(context))
  return {events: {[id]: events}, nextCursor}
}

const eventsOfRelease = (context: RequestContext): Page => {
  const {store} = datasetOf(context)
  const name = context.path['release'] ?? ''
  if (!isReleaseName(name)) throw badRequest(`"${name}" cannot name a release.`)
  return releaseEvents(store.history, name, pageOf(context))
}

export const historyRoutes = [
  route('GET', '/data/history/:dataset/transactions', 'history', transactions),
  route('GET', '/data/history/:dataset/transactions/:ids', 'history', transactions),
  route('GET', '/data/history/:dataset/documents/:ids', 'history', (context) =>
    json(documents(context)),
  ),
  route('GET', '/data/history/:dataset/events/documents/:id', 'history', (context) =>
    json(eventsOfDocument(context)),
  ),
  route('GET', '/data/history/:dataset/events/releases/:release', 'history', (context) =>
    json(eventsOfRelease(context)),
  ),
]
