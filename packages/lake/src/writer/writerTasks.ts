import {dirname, join} from 'node:path'

import type {Commit} from '../core/commit.ts'
import {asLakeError} from '../core/errors.ts'
import {randomId} from '../core/ids.ts'
import {parseBody} from '../core/jsonBody.ts'
import {MAX_WRITER_DOCUMENT_CACHE_BYTES, WRITER_PAGE_CACHE_BYTES} from '../core/limits.ts'
import {datasetFileHolds} from '../store/file/datasetFile.ts'
import {resultCodeOf} from '../store/file/storageFault.ts'
import type {ElsewhereReference} from '../store/indexes/documentReferences.ts'
import {openDataset} from '../store/openDataset.ts'
import {type CommitNotification, notificationsOf} from '../stream/subscription.ts'
import {carryOut} from './writeRequest.ts'
import type {WriterReply, WriterTask, WrittenDataset} from './writerTask.ts'

class Stopped extends Error {}

/**
 * What the writer thread does: transactions that take longer than the serving thread may be kept.
 * It has a connection of its own to the same file. The serving thread lets it write alone, and sees
 * its commits as it sees those of another process.
 */
export const openWriterTasks = (dataset: WrittenDataset): ((task: WriterTask) => WriterReply) => {
  let opened: ((task: WriterTask) => WriterReply) | undefined
  return (task) => {
    try {
      opened ??= open(dataset)
      return opened(task)
    } catch (error) {
      return failure(error)
    }
  }
}

const open = ({name, file, projectId}: WrittenDataset): ((task: WriterTask) => WriterReply) => {
  const store = openDataset({
    name,
    file,
    documentCacheBytes: MAX_WRITER_DOCUMENT_CACHE_BYTES,
    pageCacheBytes: WRITER_PAGE_CACHE_BYTES,
  })
  /** Of the last write, until somebody was told, or another write begins. */
  let commits: readonly Commit[] = []
  let news: Iterator<readonly CommitNotification[]> | undefined

  const write = (task: Extract<WriterTask, {kind: 'write'}>): WriterReply => {
    const isOver = (): boolean => Atomics.load(task.stop, 0) !== 0
    const checkpoint = (): void => {
      if (isOver()) throw new Stopped()
    }
    store.lastEdit.setUnanswered(task.unanswered)
    const done = carryOut(task.request, parseBody(task.body), {
      store,
      projectId,
      now: clockFrom(task.now),
      newId: randomId,
      existsElsewhere: (reference) => existsElsewhere(reference, task.datasets),
      checkpoint,
      isOver,
    })
    commits = done.commits
    return {
      kind: 'written',
      answer: new TextEncoder().encode(JSON.stringify(done.answer)),
      hasCommitted: commits.length > 0,
      unanswered: store.lastEdit.unanswered,
    }
  }

  const existsElsewhere = (
    {id, dataset, projectId: project}: ElsewhereReference,
    datasets: readonly string[],
  ): boolean => {
    if (project !== undefined && project !== projectId) return true
    if (dataset === name) return store.get(id) !== undefined
    if (!datasets.includes(dataset)) return false
    return datasetFileHolds(join(dirname(dirname(file)), dataset, DATASET_FILE), id)
  }

  const goOn = (): WriterReply => {
    const next = news?.next()
    if (next?.done === false) return {kind: 'news', portion: next.value}
    commits = []
    news = undefined
    return {kind: 'news', portion: []}
  }

  const work = (task: WriterTask): WriterReply => {
    switch (task.kind) {
      case 'write':
        commits = []
        news = undefined
        return write(task)
      case 'tell':
        news = notificationsOf(commits, task.subscriptions, {store, now: clockFrom(task.now)})
        return goOn()
      case 'goOn':
        return goOn()
    }
  }

  return (task) => {
    try {
      return work(task)
    } catch (error) {
      const isStopped = task.kind === 'write' && Atomics.load(task.stop, 0) !== 0
      if (error instanceof Stopped || isStopped) return {kind: 'stopped'}
      throw error
    }
  }
}

/** @throws What only the lake is to blame for. */
const failure = (error: unknown): WriterReply => {
  const known = asLakeError(error)
  if (!known) throw error
  const {status, message, body, headers, cause} = known
  const resultCode = resultCodeOf(error)
  return {kind: 'error', status, message, body, headers, cause: cause && String(cause), resultCode}
}

/** Of every dataset, in a folder of its own name. */
const DATASET_FILE = 'documents.sqlite'

/** The serving thread's clock, which may be any, and goes on here from its first use. */
const clockFrom = (start: number): (() => number) => {
  let began: number | undefined
  return () => {
    began ??= performance.now()
    return start + Math.floor(performance.now() - began)
  }
}
