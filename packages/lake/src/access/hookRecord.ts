/** A webhook as the project stores it: the address to call, which changes count, and what to send. */
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'

/** What happened to a document. */
export type Operation = 'create' | 'update' | 'delete'

export const OPERATIONS: readonly Operation[] = ['create', 'update', 'delete']

export const HTTP_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const
export type HttpMethod = (typeof HTTP_METHODS)[number]

export interface HookRecord {
  readonly id: string
  readonly name: string
  readonly description: string | null
  /** `http:` or `https:`. */
  readonly url: string
  /** Name of a dataset; `*` for all of them. */
  readonly dataset: string
  readonly rule: HookRule
  readonly httpMethod: HttpMethod
  /** Sent with each request, besides the lake's own. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether changes of drafts count, and those of versions in releases. */
  readonly includeDrafts: boolean
  readonly includeAllVersions: boolean
  /** Signs the requests. Plain, because a hash cannot sign. */
  readonly secret: string | null
  /** `v2021-03-25`; stored for tools that read it. */
  readonly apiVersion: string
  readonly isDisabledByUser: boolean
  /** ISO 8601 in UTC. */
  readonly createdAt: string
  readonly createdByUserId: string
}

export interface HookRule {
  readonly on: readonly Operation[]
  /** GROQ, without `*[` and `]`; null for every document. */
  readonly filter: string | null
  /** GROQ; null for the whole document. */
  readonly projection: string | null
}

export const isOperation = (value: unknown): value is Operation =>
  OPERATIONS.some((operation) => operation === value)

export const isHttpMethod = (value: unknown): value is HttpMethod =>
  HTTP_METHODS.some((method) => method === value)

/** Whether changes of the dataset are for the webhook. */
export const concerns = ({dataset}: HookRecord, name: string): boolean =>
  dataset === '*' || dataset === name

const isString = (value: Json | undefined): value is string => typeof value === 'string'
const stringOrNull = (value: Json | undefined): string | null => (isString(value) ? value : null)

/** Reads an entry of the project's file; undefined if it is not valid. */
export const parseHook = (entry: JsonObject): HookRecord | undefined => {
  const {id, name, url, dataset, httpMethod, apiVersion, createdAt, createdByUserId} = entry
  const {rule = null, headers = null} = entry
  if (!isString(id) || !isString(name) || !isString(url) || !isString(dataset)) return undefined
  if (!isString(apiVersion) || !isString(createdAt) || !isString(createdByUserId)) return undefined
  if (!isHttpMethod(httpMethod) || !isJsonObject(rule) || !isJsonObject(headers)) return undefined
  const {on} = rule
  if (!Array.isArray(on) || !URL.canParse(url)) return undefined
  return {
    id,
    name,
    description: stringOrNull(entry['description']),
    url,
    dataset,
    rule: {
      on: OPERATIONS.filter((operation) => on.includes(operation)),
      filter: stringOrNull(rule['filter']),
      projection: stringOrNull(rule['projection']),
    },
    httpMethod,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([header, value]) =>
        isString(value) ? [[header, value]] : [],
      ),
    ),
    includeDrafts: entry['includeDrafts'] === true,
    includeAllVersions: entry['includeAllVersions'] === true,
    secret: stringOrNull(entry['secret']),
    apiVersion,
    isDisabledByUser: entry['isDisabledByUser'] === true,
    createdAt,
    createdByUserId,
  }
}
