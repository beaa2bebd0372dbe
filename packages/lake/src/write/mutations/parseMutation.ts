/** Parses and validates the mutations in the body of a `POST /data/mutate` request. */
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {type Patch, parsePatch} from '../patch/patch.ts'
import {Refusal} from '../transaction/refusal.ts'

export type Mutation =
  /** If `id` is undefined, one is generated; if it ends in ".", it is completed. */
  | {readonly kind: 'create'; readonly id: string | undefined; readonly body: JsonObject}
  | {
      readonly kind: 'createIfNotExists' | 'createOrReplace'
      readonly id: string
      readonly body: JsonObject
    }
  | {readonly kind: 'delete'; readonly selection: Selection}
  | {
      readonly kind: 'patch'
      readonly selection: Selection
      readonly operations: Patch
      /** The patch as sent, without its selection. */
      readonly body: JsonObject
      readonly ifRevisionID: string | undefined
    }

export type Selection =
  | {readonly ids: readonly string[]}
  | {readonly query: string; readonly params: JsonObject}

/** @throws Refusal that says what is wrong with the mutation. */
export const parseMutation = (sent: Json): Mutation => {
  const entries = isJsonObject(sent) ? Object.entries(sent) : []
  const [kind, body] = entries[0] ?? ['', null]
  if (entries.length !== 1)
    return refuse('A mutation must be an object with exactly one key, its operation')
  if (!isJsonObject(body)) return refuse(`The mutation "${kind}" needs an object`)
  switch (kind) {
    case 'create':
      return {kind, id: body._id === undefined ? undefined : idOf(body._id, kind), body}
    case 'createIfNotExists':
    case 'createOrReplace':
      return {kind, id: idOf(body._id, kind), body}
    case 'delete':
      return {kind, selection: selectionOf(body, kind)}
    case 'patch':
      return parsePatchMutation(body)
    default:
      return refuse(`Unknown mutation "${kind}"`)
  }
}

const SELECTORS = ['id', 'query', 'params']

const parsePatchMutation = (sent: JsonObject): Mutation => {
  const {ifRevisionID} = sent
  if (ifRevisionID !== undefined && typeof ifRevisionID !== 'string') {
    return refuse('The "ifRevisionID" of a patch must be a string')
  }
  const body = Object.fromEntries(Object.entries(sent).filter(([key]) => !SELECTORS.includes(key)))
  return {
    kind: 'patch',
    selection: selectionOf(sent, 'patch'),
    operations: parsePatch(body, ['ifRevisionID']),
    body,
    ifRevisionID,
  }
}

const selectionOf = ({id, query, params = {}}: JsonObject, kind: string): Selection => {
  if (typeof id === 'string') return {ids: [id]}
  if (Array.isArray(id)) return {ids: id.map((each: Json) => idOf(each, kind))}
  if (typeof query !== 'string') return refuse(`The mutation "${kind}" needs an "id" or a "query"`)
  if (!isJsonObject(params)) return refuse(`The "params" of "${kind}" must be an object`)
  return {query, params}
}

const idOf = (id: Json | undefined, kind: string): string =>
  typeof id === 'string' ? id : refuse(`The mutation "${kind}" needs an "_id" that is a string`)

const refuse = (description: string): never => {
  throw new Refusal(validationError(description))
}
