/**
 * Sends the operations of one writer, one after another, and records each outcome in the journal.
 */
import {createHash} from 'node:crypto'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import type {JsonObject} from '../../../packages/lake/src/core/document.ts'
import {type Answer, type Client, NoAnswer} from './client.ts'
import {importedDocument, type Journal, type Outcome, type SentTransaction} from './journal.ts'
import {runLake} from './lakeProcess.ts'
import {MAIN, type Operation, PUBLISH_SOON} from './plan.ts'

export interface WriterContext {
  readonly client: Client
  readonly journal: Journal
  readonly dataDir: string
  /** Whether to continue. */
  isRunning(): boolean
  /** The lake's current time, in milliseconds since 1970. */
  now(): number
  /** Reports a response that no fault explains. */
  say(problem: string): void
  /** Whether the current fault explains 503 and 507. */
  mayFail(): boolean
}

const VERSION = '/v2025-02-19'

const outcomeOf = (answer: Answer | undefined): Outcome => {
  if (answer === undefined) return 'open'
  if (answer.status < 300) return 'acknowledged'
  return answer.status < 500 ? 'refused' : 'failed'
}

const isRefusedConnection = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

/** The same bytes for the same name, so that a replay uploads the same files. */
const assetBytes = (name: string, size: number): Buffer => {
  const block = createHash('sha256').update(name).digest()
  return Buffer.alloc(size, Buffer.concat([Buffer.from(`${name} ${size}\n`), block]))
}

export const runWriter = async (
  {client, journal, dataDir, isRunning, now, say, mayFail}: WriterContext,
  operations: Iterable<Operation>,
): Promise<void> => {
  const judge = (answer: Answer | undefined, what: string): void => {
    if (answer === undefined || answer.status < 500) return
    // 501 is for missing features; 503 and 507 need a fault that explains them.
    if ((answer.status === 503 || answer.status === 507) && mayFail()) return
    // A dataset that is being created or removed may answer 503 with this message.
    if (answer.status === 503 && /dataset is being|closed/i.test(answer.text)) return
    say(`${what} was answered ${answer.status}: ${answer.text.slice(0, 200)}`)
  }

  const send = async (
    operation: Operation,
    method: string,
    path: string,
    body: string | Buffer | undefined,
    entry?: Parameters<Journal['answered']>[0],
  ): Promise<void> => {
    const answer = await client
      .send(method, `${VERSION}${path}`, body, operation.manner)
      .catch((error: unknown) => {
        // Connection refused: nothing was sent.
        if (entry !== undefined && isRefusedConnection(error)) journal.answered(entry, 'refused')
        throw error
      })
    if (entry !== undefined) {
      // An incomplete body cannot be applied.
      journal.answered(
        entry,
        operation.manner === 'gone in the body' ? 'refused' : outcomeOf(answer),
      )
    }
    judge(answer, `${method} ${path} (${operation.kind})`)
  }

  const importFile = async ({
    dataset,
    ...operation
  }: Extract<Operation, {kind: 'import'}>): Promise<void> => {
    const {run, count} = operation
    const folder = mkdtempSync(join(tmpdir(), 'lake-import-'))
    const file = join(folder, 'documents.ndjson')
    const lines = Array.from({length: count}, (_, n) => JSON.stringify(importedDocument(run, n)))
    writeFileSync(file, lines.join('\n'))
    const entry = journal.sent({kind: 'import', dataset, run, count})
    const {code} = await runLake(['import', file, '--data', dataDir, '--dataset', dataset])
    journal.answered(entry, code === 0 ? 'acknowledged' : 'failed')
    rmSync(folder, {recursive: true})
  }

  const change = async (operation: Extract<Operation, {kind: 'lifecycle'}>): Promise<void> => {
    const {verb, dataset, from = MAIN} = operation
    if (verb === 'reset') {
      // `lake reset` cannot run while a lake is running, so clients delete and create instead.
      const gone = journal.sent({kind: 'lifecycle', dataset, verb: 'delete'})
      await send(operation, 'DELETE', `/datasets/${dataset}`, undefined, gone)
    }
    if (verb === 'delete') {
      const entry = journal.sent({kind: 'lifecycle', dataset, verb})
      await send(operation, 'DELETE', `/datasets/${dataset}`, undefined, entry)
    } else if (verb === 'copy') {
      const includes = journal
        .of(from)
        .filter(
          (entry): entry is SentTransaction =>
            entry.kind === 'transaction' && entry.outcome === 'acknowledged',
        )
      const entry = journal.sent({
        kind: 'lifecycle',
        dataset,
        verb,
        from,
        ...(from === MAIN && {includes}),
      })
      await send(
        operation,
        'PUT',
        `/datasets/${from}/copy`,
        JSON.stringify({targetDataset: dataset}),
        entry,
      )
    } else {
      const entry = journal.sent({kind: 'lifecycle', dataset, verb: 'create'})
      await send(
        operation,
        'PUT',
        `/datasets/${dataset}`,
        JSON.stringify({aclMode: 'public'}),
        entry,
      )
    }
  }

  const perform = async (operation: Operation): Promise<void> => {
    const {dataset} = operation
    if (operation.kind === 'transaction') {
      const {id, mutations, actions} = operation
      const entry = journal.sent({kind: 'transaction', dataset, id, mutations, actions})
      const isEdit = actions.length > 0
      const body: JsonObject = isEdit
        ? {actions, transactionId: id}
        : {mutations, transactionId: id}
      const soon = new Date(now() + 1500).toISOString()
      const text = JSON.stringify(body).replaceAll(`"${PUBLISH_SOON}"`, `"${soon}"`)
      await send(
        operation,
        'POST',
        `/data/${isEdit ? 'actions' : 'mutate'}/${dataset}`,
        text,
        entry,
      )
    } else if (operation.kind === 'upload') {
      const bytes = assetBytes(operation.name, operation.size)
      const sha1 = createHash('sha1').update(bytes).digest('hex')
      const entry = journal.sent({kind: 'upload', dataset, sha1, size: bytes.length})
      await send(
        operation,
        'POST',
        `/assets/files/${dataset}?filename=${operation.name}.txt`,
        bytes,
        entry,
      )
    } else if (operation.kind === 'query') {
      const {query, params} = operation
      await send(
        {...operation, manner: 'plain'},
        'POST',
        `/data/query/${dataset}?perspective=raw`,
        JSON.stringify({query, params}),
      )
    } else if (operation.kind === 'import') await importFile(operation)
    else await change(operation)
  }

  for (const operation of operations) {
    if (!isRunning()) return
    try {
      await perform(operation)
    } catch (error) {
      if (error instanceof NoAnswer) say(error.message)
      // The server died or closed the connection: the request stays open in the journal.
      else await wait(20)
    }
  }
}
