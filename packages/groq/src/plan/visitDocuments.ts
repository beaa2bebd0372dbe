/** Sends the documents that a plan finds to their visitor, and reports them. */
import type {StoredDocument} from '../core/document.ts'
import type {Test, Visit} from '../execution/compiler.ts'
import {type Execution, type Read, type Scope, step} from '../execution/execution.ts'

/** Sends the documents that pass to `visit`, until it returns false. */
export const visitAll = (
  element: Scope,
  documents: Iterable<StoredDocument>,
  read: Read,
  passes: Test | undefined,
  visit: Visit,
): void => {
  for (const document of documents) {
    note(element.execution, read)
    element.value = document
    if ((!passes || passes(element)) && !visit(document)) break
  }
}

/** Counts a document that was found. */
export const note = (execution: Execution, read: Read): void => {
  step(execution)
  read.candidates++
  execution.report.documents++
}

/**
 * Counts one read of documents.
 * @param by What finds them: reads by the same are reported together.
 */
export const reading = (execution: Execution, by: object, describe: () => string): Read => {
  const {reads} = execution.report
  let read = reads.get(by)
  if (!read) reads.set(by, (read = {describe, times: 0, candidates: 0}))
  read.times++
  return read
}
