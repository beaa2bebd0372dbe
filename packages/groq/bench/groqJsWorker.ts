/** A thread that answers tests of the official suite with groq-js, because some take almost forever. */
import {parentPort} from 'node:worker_threads'

import {evaluate, parse} from 'groq-js'

import type {StoredDocument} from '../src/index.ts'
import type {SuiteAnswer, SuiteTest} from '../src/spec/officialSuite.ts'

export interface GroqJsTask {
  readonly test: SuiteTest
  readonly documents: readonly StoredDocument[]
}

const answerTo = async ({test, documents}: GroqJsTask): Promise<SuiteAnswer> => {
  try {
    const params = {...test.params}
    const tree = parse(test.query, {params})
    const value = await evaluate(tree, {dataset: documents, params, identity: 'me'})
    return {result: JSON.parse(JSON.stringify(await value.get()))}
  } catch (error) {
    return {refused: String(error)}
  }
}

parentPort?.on('message', async (task: GroqJsTask) => {
  parentPort?.postMessage(await answerTo(task), [])
})
