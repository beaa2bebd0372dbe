import {describe, expect, it} from 'vitest'

import {memorySource} from '../source/memorySource.ts'
import {complaintAbout, readOfficialSuite} from './officialSuite.ts'
import type {SuiteAnswer, SuiteTest} from './officialSuite.ts'
import {plainAnswer} from './testDocuments.ts'

/** The official suite in process; server/officialSuite.test.ts asks the same through HTTP. */
const {isPresent, size, applicable, documents} = readOfficialSuite()

const answerTo = ({query, dataset, params}: SuiteTest, fast: boolean): SuiteAnswer => {
  try {
    const source = memorySource(documents(dataset._ref))
    const value = plainAnswer(query, {source, params: params ?? {}, identity: 'me'}, fast)
    return {result: JSON.parse(JSON.stringify(value))}
  } catch (error) {
    return {refused: String(error)}
  }
}

const files = [...Map.groupBy(applicable, ({filename}) => filename)]

const complaints = (group: readonly SuiteTest[], fast: boolean): readonly string[] =>
  group.flatMap((test) => complaintAbout(test, answerTo(test, fast)) ?? [])

describe.runIf(isPresent)(`official suite: ${applicable.length} of ${size} tests apply`, () => {
  it.each(files)('%s', (_, group) => expect(complaints(group, true)).toEqual([]))
})

describe.runIf(isPresent)('official suite, without optimisations', {tags: ['long']}, () => {
  it.each(files)('%s', (_, group) => expect(complaints(group, false)).toEqual([]))
})

const title = isPresent ? 'is there' : 'SKIPPED: it is not beside the checkout'

it(`official suite: ${title}`, () => {
  expect(applicable.length > 0).toBe(isPresent)
})
