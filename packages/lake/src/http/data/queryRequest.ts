/** Reads a query request from its URL and, for a POST, its body. */
import {withoutLegacyPipes} from '@copydesk/groq/engine'

import {memoise} from '../../core/cache/memoise.ts'
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {type FastOption, isFast} from '../../core/fast.ts'
import {requireFinite, parseJson} from '../../core/jsonBody.ts'
import type {LakeRequest} from '../../core/lakeRequest.ts'
import {parsePerspective, type Perspective, PUBLISHED} from '../../core/perspective.ts'
import {type RequestedVariants, requestedVariants} from '../../query/throughVariants.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'

export interface QueryRequest {
  readonly query: string
  /** The query as it was sent, which the response repeats. */
  readonly sentQuery: string
  readonly params: Readonly<Record<string, Json>>
  readonly perspective: Perspective
  readonly variants: RequestedVariants
  /** Whether the response repeats the query. */
  readonly returnQuery: boolean
  readonly resultSourceMap: false | 'paths' | 'keyedPaths'
  readonly explain: boolean
}

/** Documented: since this version a query without a perspective reads published documents. */
const PUBLISHED_BY_DEFAULT_SINCE = '2025-02-19'

/** Whether a request of this API version reads published documents by default. */
export const readsPublishedByDefault = (version: string): boolean =>
  version === 'vX' || (version !== 'v1' && version.slice(1) >= PUBLISHED_BY_DEFAULT_SINCE)

type Url = Pick<LakeRequest, 'version' | 'search'>

/** @param body Of a POST: `{query, params}`; the other options are in the URL. */
export const readQueryBody = ({version, search}: Url, body: JsonObject): QueryRequest => {
  const parameters = parametersOf(search)
  const query = body['query'] ?? parameters.get('query')
  return {
    ...optionsOf(version, query, parameters, body),
    params: {...paramsOf(parameters), ...bodyParams(body)},
  }
}

/**
 * As `readQueryBody`, for a GET. A front end sends the same few queries with different parameters all
 * day, so everything but the parameters is memoised.
 */
export const readQueryUrl = ({version, search}: Url, fast?: FastOption): QueryRequest => {
  const own: string[] = []
  let shared = ''
  for (let start = 0; start < search.length;) {
    const mark = search.indexOf('&', start)
    const end = mark < 0 ? search.length : mark
    const part = search.slice(start, end)
    if (part.startsWith('%24') || part.startsWith('$')) own.push(part)
    else shared += `&${part}`
    start = end + 1
  }
  const params = own.length === 0 ? NONE : paramsOf(pairsIn(own))
  const url = `${version}?${shared}`
  return {...(isFast(fast, 'options') ? rememberedOptions(url) : readOptions(url)), params}
}

type Options = Omit<QueryRequest, 'params'>

const NONE: JsonObject = {}

/** @param url The version, a question mark, and the query string without GROQ parameters. */
const readOptions = (url: string): Options => {
  const mark = url.indexOf('?')
  const parameters = parametersOf(url.slice(mark + 1))
  return optionsOf(url.slice(0, mark), parameters.get('query'), parameters)
}

const rememberedOptions = memoise('options', readOptions)

const optionsOf = (
  version: string,
  query: Json | undefined,
  parameters: URLSearchParams,
  body: JsonObject = {},
): Options => {
  if (typeof query !== 'string') throw badRequest('Parameter "query" is required.')
  checkTag(parameters)
  return {
    query: queryOf(version, query),
    sentQuery: query,
    perspective: parsePerspective(
      parameters.getAll('perspective').join(','),
      readsPublishedByDefault(version) ? PUBLISHED : 'raw',
    ),
    variants: requestedVariants(parameters.get('variant'), parameters.getAll('variantCondition')),
    returnQuery: flag(parameters, 'returnQuery', true),
    resultSourceMap: sourceMapOption(parameters.get('resultSourceMap')),
    explain: flag(parameters, 'explain') || body['explain'] === true,
  }
}

/** The query as the engine reads it, in this version of the API. */
export const queryOf = (version: string, sent: string): string =>
  version === 'v1' ? withoutLegacyPipes(sent) : sent

/** Parses `name=value` pairs like `URLSearchParams`, but several times as fast. */
const pairsIn = (parts: readonly string[]): Iterable<readonly [name: string, value: string]> => {
  try {
    return parts.map((part) => {
      const mark = part.indexOf('=')
      return mark < 0
        ? [decode(part), '']
        : [decode(part.slice(0, mark)), decode(part.slice(mark + 1))]
    })
  } catch {
    // Invalid percent-encoding is kept as it is.
    return parametersOf(parts.join('&'))
  }
}

const decode = (text: string): string =>
  decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text)

/** GROQ parameters of a URL: `$slug="a-story"`, each a JSON value. */
export const paramsOf = (
  parameters: Iterable<readonly [name: string, value: string]>,
): Record<string, Json> => {
  const named: [string, Json][] = []
  for (const [name, value] of parameters) {
    if (!name.startsWith('$')) continue
    const parsed = parseJson(value, `Parameter ${name}`)
    requireFinite(parsed, `Parameter ${name}`)
    named.push([name.slice(1), parsed])
  }
  return Object.fromEntries(named)
}

const bodyParams = ({params}: JsonObject): JsonObject => {
  if (params === undefined || params === null) return {}
  if (!isJsonObject(params)) throw badRequest('"params" in the body must be an object.')
  return params
}

const sourceMapOption = (value: string | null): QueryRequest['resultSourceMap'] => {
  if (value === null || value === '' || value === 'false') return false
  if (value === 'true') return 'paths'
  if (value === 'withKeyArraySelector') return 'keyedPaths'
  throw badRequest('Parameter "resultSourceMap" must be true, false or withKeyArraySelector.')
}
