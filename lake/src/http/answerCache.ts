import {MAX_CACHED_ANSWER_BYTES} from '../limits.ts'

/**
 * Whole answers to queries that were asked before, good until the dataset's next commit: the same
 * request then costs one look-up. Dropped all at once when they grow too many; a busy query is
 * back after one run.
 */
export interface AnswerCache {
  get(revision: number, request: string): Uint8Array | undefined
  set(revision: number, request: string, answer: Uint8Array): void
}

export const createAnswerCache = (): AnswerCache => {
  const answers = new Map<string, Uint8Array>()
  let bytes = 0
  let valid = -1

  const clear = (): void => {
    answers.clear()
    bytes = 0
  }

  return {
    get: (revision, request) => (revision === valid ? answers.get(request) : undefined),
    set: (revision, request, answer) => {
      if (revision !== valid || bytes > MAX_CACHED_ANSWER_BYTES) clear()
      valid = revision
      answers.set(request, answer)
      bytes += answer.length + request.length * 2
    },
  }
}
