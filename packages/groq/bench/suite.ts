/** How much of the official test suite this package and groq-js answer as it expects. */
import {once} from 'node:events'
import {Worker} from 'node:worker_threads'

import {createMemorySource, type DocumentSource, evaluate} from '../src/index.ts'
import {
  complaintAbout,
  readOfficialSuite,
  type SuiteAnswer,
  type SuiteTest,
} from '../src/spec/officialSuite.ts'
import type {GroqJsTask} from './groqJsWorker.ts'

export interface SuiteComparison {
  /** Tests that apply: see `readOfficialSuite`. */
  readonly tests: number
  readonly ours: number
  readonly groqJs: number
}

/** Milliseconds for one answer of groq-js, which has no limit of its own. */
const PATIENCE = 10_000

/** Undefined where the suite is not beside the checkout. */
export const compareOnSuite = async (): Promise<SuiteComparison | undefined> => {
  const {isPresent, applicable, documents} = readOfficialSuite()
  if (!isPresent) return undefined
  const sources = new Map<string, DocumentSource>()
  const sourceOf = (dataset: string): DocumentSource => {
    let source = sources.get(dataset)
    if (!source) sources.set(dataset, (source = createMemorySource(documents(dataset))))
    return source
  }
  const ourAnswer = ({query, params, dataset}: SuiteTest): SuiteAnswer => {
    try {
      const options = {source: sourceOf(dataset._ref), params: params ?? {}, identity: 'me'}
      return {result: JSON.parse(JSON.stringify(evaluate(query, options)))}
    } catch (error) {
      return {refused: String(error)}
    }
  }
  const groqJsAnswer = createGroqJs()
  let [ours, groqJs] = [0, 0]
  for (const test of applicable) {
    if (complaintAbout(test, ourAnswer(test)) === undefined) ours += 1
    const answer = await groqJsAnswer({test, documents: documents(test.dataset._ref)})
    if (answer && complaintAbout(test, answer) === undefined) groqJs += 1
  }
  await groqJsAnswer.close()
  return {tests: applicable.length, ours, groqJs}
}

const startWorker = (): Worker => new Worker(new URL('groqJsWorker.ts', import.meta.url))

/** Answers with groq-js in a thread; undefined for an answer that takes too long. */
const createGroqJs = () => {
  let worker = startWorker()
  const answer = async (task: GroqJsTask): Promise<SuiteAnswer | undefined> => {
    worker.postMessage(task, [])
    try {
      const [given] = await once(worker, 'message', {signal: AbortSignal.timeout(PATIENCE)})
      return given
    } catch {
      await worker.terminate()
      worker = startWorker()
      return undefined
    }
  }
  return Object.assign(answer, {close: () => worker.terminate()})
}
