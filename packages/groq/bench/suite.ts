/** How much of the official test suite this package and groq-js answer as it expects. */
import {evaluate as evaluateWithGroqJs, parse as parseWithGroqJs} from 'groq-js'

import {createMemorySource, type DocumentSource, evaluate} from '../src/index.ts'
import {
  complaintAbout,
  readOfficialSuite,
  type SuiteAnswer,
  type SuiteTest,
} from '../src/spec/officialSuite.ts'

export interface SuiteComparison {
  /** Tests that apply: see `readOfficialSuite`. */
  readonly tests: number
  readonly ours: number
  readonly groqJs: number
}

const IDENTITY = 'me'

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
  const byOurs = ({query, params, dataset}: SuiteTest): unknown =>
    evaluate(query, {
      source: sourceOf(dataset._ref),
      params: params ?? {},
      identity: IDENTITY,
    })
  const byGroqJs = async ({query, params, dataset}: SuiteTest): Promise<unknown> => {
    const given = {...params}
    const value = await evaluateWithGroqJs(parseWithGroqJs(query, {params: given}), {
      dataset: documents(dataset._ref),
      params: given,
      identity: IDENTITY,
    })
    return value.get()
  }
  let [ours, groqJs] = [0, 0]
  for (const test of applicable) {
    if (await isRight(test, byOurs)) ours += 1
    if (await isRight(test, byGroqJs)) groqJs += 1
  }
  return {tests: applicable.length, ours, groqJs}
}

const isRight = async (test: SuiteTest, answer: (test: SuiteTest) => unknown): Promise<boolean> => {
  let given: SuiteAnswer
  try {
    given = {result: JSON.parse(JSON.stringify(await answer(test)))}
  } catch (error) {
    given = {refused: String(error)}
  }
  return complaintAbout(test, given) === undefined
}
