/**
 * Replays the transactions of a dataset's history with the journal and compares: each is complete
 * or absent, no acknowledged one is missing, the chain of revisions and earlier states is correct,
 * and the documents are the result of the transactions.
 */
import {isDeepStrictEqual} from 'node:util'

import type {JsonObject} from '../../../packages/lake/src/core/document.ts'
import type {Entry, Journal, SentLifecycle} from './journal.ts'
import {verdictOn} from './journal.ts'
import {
  contentOf,
  isAssetId,
  isReleaseId,
  type ModelDocument,
  type ModelState,
  replay,
} from './model.ts'
import type {LoggedTransaction, StoredFile} from './storedFile.ts'

/** How far a dataset has been checked already. */
export interface Replica {
  state: ModelState
  sequence: number
  lastId: string | undefined
  lastTime: string
  readonly seen: Set<string>
  /** Journal entries before this index were checked already. */
  readonly settled: Set<Entry>
}

export const emptyReplica = (): Replica => ({
  state: new Map(),
  sequence: 0,
  lastId: undefined,
  lastTime: '',
  seen: new Set(),
  settled: new Set(),
})

const isLifecycle = (entry: Entry): entry is SentLifecycle => entry.kind === 'lifecycle'

/** Whether a stored document has the model's content. */
const isSame = (id: string, model: JsonObject, stored: JsonObject): boolean => {
  if (isAssetId(id)) return stored['sha1hash'] === id.split('-')[1]
  if (isReleaseId(id)) return stored['state'] === model['state']
  return isDeepStrictEqual(contentOf(stored), model)
}

const brief = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? 'nothing'

const checkChanges = (
  {id, changes}: LoggedTransaction,
  before: ReadonlyMap<string, ModelDocument | undefined>,
  say: (problem: string) => void,
): void => {
  const stored = new Map(changes.map((change) => [change.id, change.before]))
  for (const [changed, model] of before) {
    const state = stored.get(changed)
    if (state === undefined) say(`${id} is not whole: it has no change of ${changed}`)
    else if ((state === null) !== (model === undefined))
      say(`history of ${changed} before ${id}: ${brief(state)}, must be ${brief(model)}`)
    else if (state !== null && model !== undefined) {
      if (state['_rev'] !== model.revision)
        say(
          `${changed} before ${id} has revision ${brief(state['_rev'])}, must be ${model.revision}`,
        )
      if (!isSame(changed, model.content, state))
        say(`${changed} before ${id} was ${brief(state)}, must be ${brief(model.content)}`)
    }
  }
  for (const changed of stored.keys()) {
    if (!before.has(changed)) say(`${id} has a change of ${changed} that nobody sent`)
  }
}

const checkDocuments = (
  state: ModelState,
  {documents}: StoredFile,
  say: (problem: string) => void,
): void => {
  for (const [id, {content, revision}] of state) {
    const stored = documents.get(id)?.document
    if (stored === undefined) {
      say(`${id} is gone, must be as ${revision} left it`)
      continue
    }
    const {_rev, _createdAt, _updatedAt} = stored
    if (_rev !== revision) say(`${id} has revision ${brief(_rev)}, must be ${revision}`)
    if (!isSame(id, content, stored)) say(`${id} is ${brief(stored)}, must be ${brief(content)}`)
    if (String(_updatedAt) < String(_createdAt))
      say(
        `${id} was changed at ${brief(_updatedAt)}, before it was created at ${brief(_createdAt)}`,
      )
  }
  for (const id of documents.keys()) if (!state.has(id)) say(`${id} is there and must not be`)
}

/** Acknowledged writes are present, and refused ones are not. */
const checkAcknowledged = (
  dataset: string,
  journal: Journal,
  replica: Replica,
  say: (problem: string) => void,
  asOf: number,
): void => {
  const entries = journal.of(dataset)
  const lifecycle = entries.filter(isLifecycle)
  for (const entry of entries) {
    if (replica.settled.has(entry)) continue
    const full = verdictOn(entry, journal)
    // A copy has everything acknowledged before it started, and may have more.
    const isLater =
      asOf < Infinity && entry.outcome !== 'refused' && (entry.doneAt ?? Infinity) > asOf
    const isCopied = asOf < Infinity && entry.outcome !== 'refused' && full === 'forbidden'
    const verdict = isLater || isCopied ? 'possible' : full
    const has = (id: string): boolean => replica.state.has(id)
    if (entry.kind === 'transaction') {
      const isThere = replica.seen.has(entry.id)
      if (verdict === 'required' && !isThere) say(`acknowledged transaction ${entry.id} is lost`)
      if (verdict === 'forbidden' && isThere)
        say(
          `transaction ${entry.id} is there; it was ${entry.outcome}, or its dataset has been emptied since`,
        )
    } else if (verdict === 'required' && entry.kind === 'upload') {
      if (!Array.from(replica.state.keys()).some((id) => id.startsWith(`file-${entry.sha1}-`)))
        say(`acknowledged upload ${entry.sha1} is lost`)
    } else if (verdict === 'required' && entry.kind === 'import') {
      const lost = Array.from({length: entry.count}, (_, n) => `import-${entry.run}-${n}`)
      const first = lost.find((id) => !has(id))
      if (first !== undefined) say(`import ${entry.run} was done, but ${first} is not there`)
    } else if (verdict === 'required' && entry.kind === 'lifecycle') {
      for (const {id} of entry.includes ?? []) {
        if (!replica.seen.has(id)) say(`the copy of ${entry.from} has no transaction ${id}`)
      }
    }
    if (entry.doneAt !== undefined && lifecycle.length === 0) replica.settled.add(entry)
  }
}

/** Compares a dataset's file with the journal, starting where the last check ended. */
export const checkHistory = (
  dataset: string,
  stored: StoredFile,
  journal: Journal,
  replica: Replica,
  say: (problem: string) => void,
  asOf = Infinity,
): void => {
  if (stored.transactions !== replica.sequence + stored.log.length)
    say(
      `history has ${stored.transactions} transactions, ${stored.log.length} after number ${replica.sequence}`,
    )
  for (const logged of stored.log) {
    if (logged.sequence !== replica.sequence + 1)
      say(`after transaction ${replica.sequence} comes ${logged.sequence}`)
    if (replica.seen.has(logged.id)) say(`transaction ${logged.id} is there twice`)
    if (logged.timestamp < replica.lastTime)
      say(
        `transaction ${logged.id} is of ${logged.timestamp}, the one before it of ${replica.lastTime}`,
      )
    try {
      const changed = logged.changes.map(({id}) => id)
      const before = replay(replica.state, {
        id: logged.id,
        sent: journal.transaction(logged.id),
        changed,
      })
      checkChanges(logged, before, say)
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Contradiction')) throw error
      say(`transaction ${logged.id} cannot have happened: ${error.message}`)
    }
    replica.seen.add(logged.id)
    replica.sequence = logged.sequence
    replica.lastId = logged.id
    replica.lastTime = logged.timestamp
  }
  checkDocuments(replica.state, stored, say)
  checkAcknowledged(dataset, journal, replica, say, asOf)
}
