/**
 * Reads the history of datasets for the webhooks, and adds a message for each change that a rule
 * selects. History is the queue: a webhook notes how far it has read in the same transaction as the
 * messages, so a lake that is killed loses nothing, and a commit takes no longer.
 */
import {createHash} from 'node:crypto'

import {concerns, type HookRecord} from '../access/hookRecord.ts'
import {asLakeError} from '../core/errors.ts'
import {MAX_WAITING_MESSAGE_BYTES, MAX_WAITING_MESSAGES} from '../core/limits.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import type {StateChange, TransactionHead} from '../store/history/storedHistory.ts'
import type {HookLog, NewMessage} from '../store/hooks/hookLog.ts'
import type {Progress} from '../store/hooks/hookProgress.ts'
import {type ChangeContext, type CompiledRule, operationOf} from './compileRule.ts'

export interface HistorySource {
  readonly name: string
  readonly store: Pick<DatasetStore, 'history' | 'get'>
}

export interface ReadOptions {
  readonly log: HookLog
  readonly projectId: string
  now(): number
  newId(): string
}

/** Changes that are looked at in one step, and transactions: a few milliseconds of work. */
const CHANGES_AT_ONCE = 50
const TRANSACTIONS_AT_ONCE = 50

/**
 * Where a webhook begins to read a dataset that it has not read before, or whose history has been
 * replaced (the dataset was emptied, or deleted and created again): at its end.
 */
export const startReading = (
  log: HookLog,
  hook: string,
  {name, store: {history}}: HistorySource,
): void => {
  const known = log.progress.get(hook, name)
  if (known !== undefined && isOf(known, history)) return
  log.progress.set(hook, name, endOf(history))
}

/** Whether the history contains the place; true if it was trimmed beyond it. */
const isOf = ({sequence, transactionId}: Progress, history: DatasetStore['history']): boolean => {
  if (sequence === 0) return true
  const found = history.next(sequence - 1)
  if (found === undefined) return false
  return found.sequence > sequence || found.id === transactionId
}

const endOf = (history: DatasetStore['history']): Progress => {
  const sequence = history.last()
  const last = sequence === 0 ? undefined : history.next(sequence - 1)
  return {sequence, transactionId: last?.id ?? null, position: 0}
}

/** Moves the webhook to the end of each dataset's history: it was switched off until now. */
export const skipHistory = (
  log: HookLog,
  hook: HookRecord,
  sources: readonly HistorySource[],
): void => {
  for (const {name, store} of sources) {
    if (concerns(hook, name)) log.progress.set(hook.id, name, endOf(store.history))
  }
}

/**
 * Reads the next part of a dataset's history for one webhook.
 * @returns Whether there is more to read now.
 */
export const readOn = (
  hook: HookRecord,
  rule: CompiledRule,
  {name, store}: HistorySource,
  options: ReadOptions,
): boolean => {
  const {log, projectId, now, newId} = options
  const {history} = store
  let progress = log.progress.get(hook.id, name)
  if (progress === undefined || history.next(progress.sequence) === undefined) return false
  const {count, bytes} = log.waiting(hook.id)
  let room = MAX_WAITING_MESSAGES - count
  if (room <= 0 || bytes > MAX_WAITING_MESSAGE_BYTES) return false
  const messages: {readonly message: NewMessage; readonly failure: string | null}[] = []
  let transaction: TransactionHead | undefined
  let changesLeft = CHANGES_AT_ONCE
  for (let n = 0; n < TRANSACTIONS_AT_ONCE && changesLeft > 0 && room > 0; n++) {
    const head = history.next(progress.sequence)
    transaction = head
    if (head === undefined) break
    const limit = Math.min(changesLeft, room)
    const part = history.changesFrom(head.sequence, progress.position, limit, rule.concerns)
    const context: ChangeContext = {
      projectId,
      dataset: name,
      transaction: head,
      now: now(),
      find: (id) => store.get(id),
    }
    for (const change of part.changes) {
      const found = messageFor(hook, rule, change, context)
      if (found === undefined) continue
      messages.push(found)
      room -= 1
    }
    changesLeft -= part.changes.length
    progress =
      part.next === null
        ? {sequence: head.sequence, transactionId: head.id, position: 0}
        : {...progress, position: part.next}
    if (part.next !== null) break
  }
  const reached = progress
  log.write(() => {
    for (const {message, failure} of messages) {
      if (failure === null) log.add(message, now())
      else log.addFailed(message, newId(), failure, now())
    }
    log.progress.set(hook.id, name, reached)
  })
  return transaction !== undefined
}

/** @returns A rule that fails on a document makes a message too: the log says why nothing is sent. */
const messageFor = (
  hook: HookRecord,
  rule: CompiledRule,
  change: StateChange,
  context: ChangeContext,
): {readonly message: NewMessage; readonly failure: string | null} | undefined => {
  let payload: string | undefined
  let failure: string | null = null
  try {
    payload = rule.payload(change, context)
  } catch (error) {
    const known = asLakeError(error)
    if (known === undefined) throw error
    failure = known.message
    payload = 'null'
  }
  const operation = operationOf(change)
  if (payload === undefined || operation === null) return undefined
  const {transaction, dataset, projectId} = context
  const parts = [projectId, hook.id, dataset, transaction.id, change.id]
  const message: NewMessage = {
    id: createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22),
    hook: hook.id,
    dataset,
    document: change.id,
    operation,
    transactionId: transaction.id,
    transactionTime: transaction.timestamp,
    payload,
  }
  return {message, failure}
}
