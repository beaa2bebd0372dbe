/** What clients may write of a webhook: checks the body of a request that creates or changes one. */

import {
  type HookRecord,
  type HookRule,
  HTTP_METHODS,
  isHttpMethod,
  isOperation,
  OPERATIONS,
} from '../access/hookRecord.ts'
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {badRequest} from '../core/errors.ts'
import {isDatasetName} from '../core/ids.ts'
import {validateHeaderName, validateHeaderValue} from '../core/nodeHttp.ts'

/** The fields of a webhook that clients decide. */
export type HookSettings = Omit<HookRecord, 'id' | 'createdAt' | 'createdByUserId'>

const DEFAULTS: Omit<HookSettings, 'name' | 'url' | 'dataset'> = {
  description: null,
  rule: {on: OPERATIONS, filter: null, projection: null},
  httpMethod: 'POST',
  headers: {},
  includeDrafts: false,
  includeAllVersions: false,
  secret: null,
  apiVersion: 'v2021-03-25',
  isDisabledByUser: false,
}

/** @throws LakeError 400 that names the field. */
export const newHook = (body: JsonObject): HookSettings => {
  const {name, url, dataset, ...others} = fieldsIn(body)
  if (name === undefined || url === undefined || dataset === undefined) {
    const missing = Object.entries({name, url, dataset}).find(([, value]) => value === undefined)
    throw badRequest(`"${missing?.[0]}" is required.`)
  }
  return {...DEFAULTS, ...others, name, url, dataset}
}

/** @throws LakeError 400 that names the field. */
export const changedHook = (hook: HookRecord, body: JsonObject): HookRecord => ({
  ...hook,
  ...fieldsIn(body, hook.rule),
})

/** Reads one field. @throws LakeError 400 */
type Read<T> = (value: Json, name: string) => T

/** @param rule The present one, of which the body may change a part. */
const fieldsIn = (body: JsonObject, rule?: HookRule): Partial<HookSettings> => {
  const {type, ...settings} = body
  if (type !== undefined && type !== 'document') {
    throw badRequest('"type" must be "document": a lake has no webhooks for whole transactions.')
  }
  const read: {readonly [Name in keyof HookSettings]: Read<HookSettings[Name]>} = {
    name: textOf(1, 100),
    description: (value, name) => (value === null ? null : textOf(0, 1024)(value, name)),
    url: urlIn,
    dataset: datasetIn,
    rule: (value, name) => ruleIn(value, name, rule),
    httpMethod: (value, name) => {
      if (isHttpMethod(value)) return value
      throw badRequest(`"${name}" must be one of ${HTTP_METHODS.join(', ')}.`)
    },
    headers: headersIn,
    includeDrafts: trueOrFalse,
    includeAllVersions: trueOrFalse,
    secret: (value, name) => (value === null ? null : textOf(0, 1000)(value, name) || null),
    apiVersion: (value, name) => {
      if (typeof value === 'string' && /^v(?:\d{4}-\d\d-\d\d|1|X)$/.test(value)) return value
      throw badRequest(`"${name}" must be a version such as "v2025-02-19".`)
    },
    isDisabledByUser: trueOrFalse,
  }
  const other = Object.keys(settings).find((name) => !Object.hasOwn(read, name))
  if (other !== undefined) throw badRequest(`"${other}" is not allowed.`)
  const field = <Name extends keyof HookSettings>(
    name: Name,
  ): Pick<HookSettings, Name> | object => {
    const value = settings[name]
    return value === undefined ? {} : {[name]: read[name](value, name)}
  }
  return Object.assign(
    {},
    field('name'),
    field('description'),
    field('url'),
    field('dataset'),
    field('rule'),
    field('httpMethod'),
    field('headers'),
    field('includeDrafts'),
    field('includeAllVersions'),
    field('secret'),
    field('apiVersion'),
    field('isDisabledByUser'),
  )
}

const textOf =
  (least: number, most: number): Read<string> =>
  (value, name) => {
    if (typeof value === 'string' && value.length >= least && value.length <= most) return value
    throw badRequest(`"${name}" must be a string of ${least} to ${most} characters.`)
  }

const trueOrFalse: Read<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value
  throw badRequest(`"${name}" must be true or false.`)
}

const urlIn: Read<string> = (value, name) => {
  const url = typeof value === 'string' && value.length <= 2048 ? URL.parse(value) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw badRequest(`"${name}" must be a web address, such as https://site.example.org/api/hook.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw badRequest(`"${name}" must not contain a password. Send it in a header instead.`)
  }
  url.hash = ''
  return url.href
}

const datasetIn: Read<string> = (value, name) => {
  if (value === '*' || (typeof value === 'string' && isDatasetName(value))) return value
  throw badRequest(`"${name}" must be the name of a dataset, or "*" for all datasets.`)
}

const ruleIn = (value: Json, name: string, present: HookRule = DEFAULTS.rule): HookRule => {
  if (!isJsonObject(value)) throw badRequest(`"${name}" must be an object.`)
  const {on, filter, projection, ...others} = value
  const [other] = Object.keys(others)
  if (other !== undefined) throw badRequest(`"${name}.${other}" is not allowed.`)
  const expression = textOf(0, 10_000)
  return {
    on: on === undefined ? present.on : operationsIn(on, `${name}.on`),
    filter: filter === undefined ? present.filter : expression(filter, `${name}.filter`) || null,
    projection:
      projection === undefined
        ? present.projection
        : expression(projection, `${name}.projection`) || null,
  }
}

const operationsIn: Read<HookRule['on']> = (value, name) => {
  const list: readonly Json[] = Array.isArray(value) ? value : []
  if (list.length > 0 && list.every(isOperation)) {
    return OPERATIONS.filter((operation) => list.includes(operation))
  }
  throw badRequest(`"${name}" must be an array with some of ${OPERATIONS.join(', ')}.`)
}

const headersIn: Read<HookRecord['headers']> = (value, name) => {
  if (value === null) return {}
  if (!isJsonObject(value)) throw badRequest(`"${name}" must be an object.`)
  const entries = Object.entries(value).map(([header, content]) => {
    try {
      if (typeof content !== 'string') throw new TypeError('not a string')
      validateHeaderName(header)
      validateHeaderValue(header, content)
    } catch {
      throw badRequest(`"${name}": ${JSON.stringify(header)} is not a header with a text value.`)
    }
    return [header, content] as const
  })
  return Object.fromEntries(entries)
}
