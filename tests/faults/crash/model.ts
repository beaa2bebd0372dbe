/**
 * The expected state of a dataset: the result of the acknowledged transactions, computed by the few
 * rules that this program's requests need, without any of the lake's code.
 */
import {isJsonObject, type Json, type JsonObject} from '../../../packages/lake/src/core/document.ts'
import {importedDocument, type SentTransaction} from './journal.ts'

/** A document without its times, and the transaction that last changed it. */
export interface ModelDocument {
  readonly content: JsonObject
  readonly revision: string
}

export type ModelState = Map<string, ModelDocument>

/** A transaction that cannot have happened as recorded in the journal. */
class Contradiction extends Error {
  override readonly name = 'Contradiction'
}

const text = (object: JsonObject, field: string): string => {
  const value = object[field]
  if (typeof value !== 'string')
    throw new Contradiction(`no "${field}" in ${JSON.stringify(object)}`)
  return value
}

const objectIn = (object: JsonObject, field: string): JsonObject => {
  const value = object[field]
  return isJsonObject(value) ? value : {}
}

/** The fields that the lake adds to a document are compared separately. */
const OWNED = new Set(['_rev', '_createdAt', '_updatedAt', '_system'])
export const contentOf = (document: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !OWNED.has(name)))

/** A transaction in progress: later steps see its changes, which are separate until its end. */
interface Step {
  find(id: string): JsonObject | undefined
  all(): Iterable<[string, JsonObject]>
  put(id: string, content: JsonObject | undefined): void
}

const demand = (step: Step, id: string): JsonObject => {
  const found = step.find(id)
  if (found === undefined) throw new Contradiction(`it changes ${id}, which is not there`)
  return found
}

const patched = (content: JsonObject, patch: JsonObject): JsonObject => {
  const result: Record<string, Json> = {...content}
  Object.assign(result, objectIn(patch, 'set'))
  for (const [name, by] of Object.entries(objectIn(patch, 'inc'))) {
    // A missing number cannot be incremented: such a patch changes nothing.
    if (typeof result[name] === 'number') result[name] += Number(by)
  }
  const {unset} = patch
  if (Array.isArray(unset)) for (const name of unset) delete result[String(name)]
  return result
}

/** All queries of this program have the same form: a type and a bucket. */
const selected = (step: Step, mutation: JsonObject): string[] => {
  if (typeof mutation['id'] === 'string') return [mutation['id']]
  const {type, bucket} = objectIn(mutation, 'params')
  return Array.from(step.all())
    .filter(([, content]) => content['_type'] === type && content['bucket'] === bucket)
    .map(([id]) => id)
}

const mutate = (step: Step, mutation: JsonObject): void => {
  for (const kind of ['create', 'createOrReplace', 'createIfNotExists'] as const) {
    const document = mutation[kind]
    if (!isJsonObject(document)) continue
    const id = text(document, '_id')
    const isThere = step.find(id) !== undefined
    if (kind === 'create' && isThere) throw new Contradiction(`it creates ${id}, which is there`)
    if (kind !== 'createIfNotExists' || !isThere) step.put(id, contentOf(document))
  }
  const {delete: removal, patch} = mutation
  if (isJsonObject(removal)) for (const id of selected(step, removal)) step.put(id, undefined)
  if (!isJsonObject(patch)) return
  for (const id of selected(step, patch)) step.put(id, patched(demand(step, id), patch))
}

const withId = (content: JsonObject, id: string): JsonObject => ({...content, _id: id})

const publish = (step: Step, id: string): void => {
  const group = id.startsWith('drafts.')
    ? id.slice('drafts.'.length)
    : id.split('.').slice(2).join('.')
  step.put(group, withId(demand(step, id), group))
  step.put(id, undefined)
}

const releaseId = (name: string): string => `_.releases.${name}`

const publishRelease = (step: Step, name: string): void => {
  const release = demand(step, releaseId(name))
  step.put(releaseId(name), {...release, state: 'published'})
  const prefix = `versions.${name}.`
  const versions = Array.from(step.all(), ([id]) => id).filter((id) => id.startsWith(prefix))
  for (const id of versions) publish(step, id)
}

const ACTIONS: Readonly<Record<string, (step: Step, action: JsonObject) => void>> = {
  'document.create': (step, action) => {
    const attributes = objectIn(action, 'attributes')
    const id = text(attributes, '_id')
    if (action['ifExists'] === 'ignore' && step.find(id)) return
    step.put(id, contentOf(attributes))
  },
  'document.edit': (step, action) => {
    const id = text(action, 'draftId')
    const base = step.find(id) ?? demand(step, text(action, 'publishedId'))
    step.put(id, withId(patched(base, objectIn(action, 'patch')), id))
  },
  'document.publish': (step, action) => publish(step, text(action, 'draftId')),
  'document.discard': (step, action) => {
    const id = text(action, 'draftId')
    demand(step, id)
    step.put(id, undefined)
  },
  'document.unpublish': (step, action) => {
    const id = text(action, 'publishedId')
    const draft = text(action, 'draftId')
    const published = demand(step, id)
    if (step.find(draft) === undefined) step.put(draft, withId(published, draft))
    step.put(id, undefined)
  },
  'document.version.create': (step, action) => {
    const document = objectIn(action, 'document')
    step.put(text(document, '_id'), contentOf(document))
  },
  'release.create': (step, action) => {
    const name = text(action, 'releaseId')
    step.put(releaseId(name), {
      _id: releaseId(name),
      _type: 'system.release',
      name,
      state: 'active',
    })
  },
  'release.schedule': (step, action) => {
    const id = releaseId(text(action, 'releaseId'))
    step.put(id, {...demand(step, id), state: 'scheduled'})
  },
  'release.publish': (step, action) => publishRelease(step, text(action, 'releaseId')),
}

const act = (step: Step, action: JsonObject): void => {
  const name = text(action, 'actionType').replace('sanity.action.', '')
  const rule = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  if (rule === undefined) throw new Contradiction(`the model has no rule for ${name}`)
  rule(step, action)
}

/**
 * The journal's entry of a transaction; a transaction of the lake itself is recognised by its
 * changes.
 */
export interface Logged {
  readonly id: string
  readonly sent: SentTransaction | undefined
  /** Ids of the documents that it changed, according to history. */
  readonly changed: readonly string[]
}

export const isAssetId = (id: string): boolean => /^(file|image)-[0-9a-f]{40}-/.test(id)
export const isReleaseId = (id: string): boolean => id.startsWith('_.releases.')

/** Transactions that the lake makes itself: uploads, imports without ids, scheduled releases. */
const replayOwn = (step: Step, {id, changed}: Logged): void => {
  const release = changed.find(isReleaseId)
  if (release !== undefined) return publishRelease(step, release.slice('_.releases.'.length))
  for (const changedId of changed) {
    const imported = /^import-(.+)-(\d+)$/.exec(changedId)
    if (imported) step.put(changedId, importedDocument(imported[1] ?? '', Number(imported[2])))
    else if (isAssetId(changedId)) step.put(changedId, {_id: changedId, _type: 'asset'})
    else throw new Contradiction(`nobody sent ${id}, which changes ${changedId}`)
  }
}

/**
 * Applies one logged transaction completely.
 * @returns The documents it changed, as they were before.
 * @throws Contradiction if it cannot have happened.
 */
export const replay = (
  state: ModelState,
  logged: Logged,
): ReadonlyMap<string, ModelDocument | undefined> => {
  const changes = new Map<string, JsonObject | undefined>()
  const step: Step = {
    find: (id) => (changes.has(id) ? changes.get(id) : state.get(id)?.content),
    *all() {
      for (const id of new Set([...state.keys(), ...changes.keys()])) {
        const content = step.find(id)
        if (content !== undefined) yield [id, content]
      }
    },
    put: (id, content) => void changes.set(id, content),
  }
  const {sent} = logged
  if (sent === undefined) replayOwn(step, logged)
  else {
    for (const mutation of sent.mutations) mutate(step, mutation)
    for (const action of sent.actions) act(step, action)
  }
  const before = new Map<string, ModelDocument | undefined>()
  for (const [id, content] of changes) {
    const was = state.get(id)
    if (was === undefined && content === undefined) continue
    before.set(id, was)
    if (content === undefined) state.delete(id)
    else state.set(id, {content, revision: logged.id})
  }
  return before
}
