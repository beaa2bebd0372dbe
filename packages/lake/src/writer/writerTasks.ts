/**
 * What the writer thread does: transactions that would take too long on the serving thread. It has its
 * own connection to the dataset's file. The serving thread lets it write alone, and sees its commits
 * like those of another process.
 */
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
import {applyWriteRequest} from './writeRequest.ts'
import type {WriterReply, WriterTask, WrittenDataset} from './writerMessages.ts'

class Stopped extends Error {}

/** @returns A function that carries out one task; it opens the dataset on first use. */
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

const open = ({
  name,
  file,
  projectId,
  flushesCommits,
}: WrittenDataset): ((task: WriterTask) => WriterReply) => {
  const store = openDataset({
    name,
    file,
    flushesCommits,
    documentCacheBytes: MAX_WRITER_DOCUMENT_CACHE_BYTES,
    pageCacheBytes: WRITER_PAGE_CACHE_BYTES,
  })
  /** Commits of the last write, until they were sent to followers or another write begins. */
  let commits: readonly Commit[] = []
  let news: Iterator<readonly CommitNotification[]> | undefined

  const write = (task: Extract<WriterTask, {kind: 'write'}>): WriterReply => {
    const isOver = (): boolean => Atomics.load(task.stop, 0) !== 0
    const checkpoint = (): void => {
      if (isOver()) throw new Stopped()
    }
    store.lastEdit.setUnanswered(task.unanswered)
    const done = applyWriteRequest(task.request, parseBody(task.body), {
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

  const nextPortion = (): WriterReply => {
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
      case 'notify':
        news = notificationsOf(commits, task.subscriptions, {store, now: clockFrom(task.now)})
        return nextPortion()
      case 'nextPortion':
        return nextPortion()
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

/** @throws Errors that are bugs of the lake. */
const failure = (error: unknown): WriterReply => {
  const known = asLakeError(error)
  if (!known) throw error
  const {status, message, body, headers, cause} = known
  const resultCode = resultCodeOf(error)
  return {kind: 'error', status, message, body, headers, cause: cause && String(cause), resultCode}
}

/** The file of every dataset, in a folder with the dataset's name. */
const DATASET_FILE = 'documents.sqlite'

/** Continues the serving thread's clock, which may differ from this machine's. */
const clockFrom = (start: number): (() => number) => {
  let began: number | undefined
  return () => {
    began ??= performance.now()
    return start + Math.floor(performance.now() - began)
  }
}
