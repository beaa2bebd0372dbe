import {describe, expect, it} from 'vitest'

import {type FastOption, type Optimisation, optimisationNames} from '../execution/optimisations.ts'
import {memorySource} from '../source/memorySource.ts'
import {complaintAbout, readOfficialSuite} from './officialSuite.ts'
import type {SuiteAnswer, SuiteTest} from './officialSuite.ts'
import {plainAnswer} from './testDocuments.ts'

/** The official suite in process; server/officialSuite.test.ts asks the same through HTTP. */
const {isPresent, size, applicable, documents} = readOfficialSuite()

const answerTo = (
  {query, dataset, params}: SuiteTest,
  fast: FastOption,
  timeLimit?: number,
): SuiteAnswer => {
  try {
    const source = memorySource(documents(dataset._ref))
    const options = {source, params: params ?? {}, identity: 'me', timeLimit}
    const value = plainAnswer(query, options, fast)
    return {result: JSON.parse(JSON.stringify(value))}
  } catch (error) {
    return {refused: String(error)}
  }
}

const files = [...Map.groupBy(applicable, ({filename}) => filename)]

/** Without this one, a subquery inside two filters takes minutes. */
const needed: Optimisation = 'closedOnce'
const allOthers: FastOption = {without: optimisationNames.filter((name) => name !== needed)}

const answerWithout = (test: SuiteTest): SuiteAnswer => {
  const answer = answerTo(test, false, 2000)
  const isTooSlow = 'refused' in answer && answer.refused.includes('ran for too long')
  return isTooSlow ? answerTo(test, allOthers) : answer
}

const complaints = (
  group: readonly SuiteTest[],
  answer: (test: SuiteTest) => SuiteAnswer,
): readonly string[] => group.flatMap((test) => complaintAbout(test, answer(test)) ?? [])

describe.runIf(isPresent)(`official suite: ${applicable.length} of ${size} tests apply`, () => {
  it.each(files)('%s', (_, group) =>
    expect(complaints(group, (test) => answerTo(test, true))).toEqual([]),
  )
})

describe.runIf(isPresent)('official suite, without optimisations', {tags: ['long']}, () => {
  it.each(files)('%s', (_, group) => expect(complaints(group, answerWithout)).toEqual([]))
})

const title = isPresent ? 'is there' : 'SKIPPED: it is not beside the checkout'

it(`official suite: ${title}`, () => {
  expect(applicable.length > 0).toBe(isPresent)
})
