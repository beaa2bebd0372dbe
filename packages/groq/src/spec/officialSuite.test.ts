import {describe, expect, it} from 'vitest'

import {memorySource} from '../source/memorySource.ts'
import {complaintAbout, readOfficialSuite} from './officialSuite.ts'
import type {SuiteAnswer, SuiteTest} from './officialSuite.ts'
import {plainAnswer} from './testDocuments.ts'

/** The official suite in process; server/officialSuite.test.ts asks the same through HTTP. */
const {isPresent, size, applicable, documents} = readOfficialSuite()

const answerTo = ({query, dataset, params}: SuiteTest): SuiteAnswer => {
  try {
    const source = memorySource(documents(dataset._ref))
    const value = plainAnswer(query, {source, params: params ?? {}, identity: 'me'})
    return {result: JSON.parse(JSON.stringify(value))}
  } catch (error) {
    return {refused: String(error)}
  }
}

describe.runIf(isPresent)(`official suite: ${applicable.length} of ${size} tests apply`, () => {
  it.each([...Map.groupBy(applicable, ({filename}) => filename)])('%s', (_, group) => {
    expect(group.flatMap((test) => complaintAbout(test, answerTo(test)) ?? [])).toEqual([])
  })
})

const title = isPresent ? 'is there' : 'SKIPPED: it is not beside the checkout'

it(`official suite: ${title}`, () => {
  expect(applicable.length > 0).toBe(isPresent)
})
