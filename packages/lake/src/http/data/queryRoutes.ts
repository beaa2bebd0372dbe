/**
 * `GET` and `POST /data/query`: answers GROQ queries; without a promise where the result is cached
 * or quickly found.
 */
import {bytesOf, type JsonText} from '@copydesk/groq/engine'

import {type Reader, readerOf} from '../../access/accessRules.ts'
import {requirePermission} from '../../access/caller.ts'
import {LakeError} from '../../core/errors.ts'
import {parseObject} from '../../core/jsonBody.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_CACHED_ANSWER_BYTES, MAX_QUERY_BODY_BYTES} from '../../core/limits.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import type {QueryResponse} from '../../query/queryService.ts'
import {throughVariants} from '../../query/throughVariants.ts'
import {rawJson} from '../exchange/respond.ts'
import {recheckAccess} from '../routing/checkAccess.ts'
import {type RequestContext, laneOfCaller, route} from '../routing/route.ts'
import {schedule} from '../routing/scheduleHandler.ts'
import {type QueryRequest, readQueryBody, readQueryUrl} from './queryRequest.ts'

const get = (context: RequestContext): LakeResponse | Promise<LakeResponse> => {
  const {lake, path, request, caller} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const reader = readerOf(caller)
  const {store} = dataset
  const {revision} = store
  const asked = readQueryUrl(request, lake.fast)
  const finish = (answer: QueryResponse): LakeResponse => ({
    ...rawJson(encodeAnswer(asked, answer)),
    ...(answer.cacheable &&
      !asked.explain && {
        isFresh: () =>
          dataset.isOpen && store.revision === revision && lake.tokens.isCurrent(caller),
      }),
  })
  const answer = ask(dataset, reader, asked, context)
  return answer instanceof Promise ? answer.then(finish) : finish(answer)
}

const post = async (context: RequestContext): Promise<LakeResponse> => {
  const {lake, path, request} = context
  const name = path['dataset'] ?? ''
  lake.datasets.get(name)
  const body = await request.body(MAX_QUERY_BODY_BYTES)
  // The dataset may have become private, or been emptied, while the body arrived.
  recheckAccess(context)
  await lake.datasets.ready(name)
  const lane = (): Lane =>
    body.length > SHORT_BODY ? laneOfCaller(context) : laneOf(context, () => askedIn(body))
  const askedIn = (bytes: Uint8Array): QueryRequest => readQueryBody(request, parseObject(bytes))
  return schedule(context, (now) => answerBody(now, askedIn(body)), lane, body.length)
}

const answerBody = async (context: RequestContext, asked: QueryRequest): Promise<LakeResponse> => {
  const {lake, path, caller} = context
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  return rawJson(encodeAnswer(asked, await ask(dataset, readerOf(caller), asked, context)))
}

/** Bytes; longer bodies are not worth parsing twice. */
const SHORT_BODY = 8192

/** Queries known to be quick need not wait for others. */
const laneOf = (context: RequestContext, asked: () => QueryRequest): Lane => {
  try {
    const {query, params} = asked()
    const {queries} = context.lake.datasets.get(context.path['dataset'] ?? '')
    return queries.isQuick(query, params) ? 'quick' : laneOfCaller(context)
  } catch (error) {
    // The error is reported when the request is handled.
    if (error instanceof LakeError) return laneOfCaller(context)
    throw error
  }
}

const ask = (
  dataset: Dataset,
  reader: Reader,
  {query, params, perspective, variants, resultSourceMap, explain}: QueryRequest,
  {request, caller}: RequestContext,
): QueryResponse | Promise<QueryResponse> => {
  // The plan reveals private documents: which index is read, and how much of it.
  if (explain) requirePermission(caller, 'read')
  return dataset.queryLimit.run(() =>
    dataset.queries.answer({
      query,
      params,
      // Documents of variants are private, like all versions.
      perspective: reader.includePrivate
        ? throughVariants(dataset.store, perspective, variants)
        : perspective,
      ...reader,
      resultSourceMap,
      explain,
      client: request,
      isAnonymous: caller.user === null,
    }),
  )
}

/**
 * The bytes of a result for a response of several parts, which are freed once they are sent. A larger
 * result is not cached, so it belongs to the response already.
 */
const ownBytes = (result: JsonText): Uint8Array =>
  typeof result !== 'string' && result.length <= MAX_CACHED_ANSWER_BYTES
    ? Buffer.from(result)
    : bytesOf(result)

/** Writes the rest of the response around the result, which is encoded already. */
const encodeAnswer = (
  {sentQuery, returnQuery}: QueryRequest,
  {result, resultSourceMap, syncTags, explain, ms}: QueryResponse,
): Uint8Array | readonly Uint8Array[] => {
  const before = returnQuery ? `{"query":${JSON.stringify(sentQuery)},"result":` : '{"result":'
  const after =
    (explain ? `,"explain":${JSON.stringify(explain)}` : '') +
    `,"syncTags":${JSON.stringify(syncTags)},"ms":${ms}}`
  if (resultSourceMap !== undefined) {
    return [
      Buffer.from(before),
      ownBytes(result),
      Buffer.from(',"resultSourceMap":'),
      bytesOf(resultSourceMap),
      Buffer.from(after),
    ]
  }
  if (typeof result === 'string') return Buffer.from(before + result + after)
  if (result.length > MAX_CACHED_ANSWER_BYTES)
    return [Buffer.from(before), ownBytes(result), Buffer.from(after)]
  const start = Buffer.byteLength(before)
  const end = start + result.length
  const body = Buffer.allocUnsafe(end + Buffer.byteLength(after))
  body.write(before)
  body.set(result, start)
  body.write(after, end)
  return body
}

export const queryRoutes = [
  {
    ...route('GET', '/data/query/:dataset', 'dataset', get),
    lane: (context: RequestContext) =>
      laneOf(context, () => readQueryUrl(context.request, context.lake.fast)),
  },
  route('POST', '/data/query/:dataset', 'dataset', post),
]
