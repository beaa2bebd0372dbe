import {expect, test} from 'vitest'

import {fastWithout, isFast, optimisationNames} from './fast.ts'

test('all optimisations are on unless the option says otherwise', () => {
  for (const name of optimisationNames) {
    expect([isFast(undefined, name), isFast(true, name), isFast(false, name)]).toEqual([
      true,
      true,
      false,
    ])
  }
  const option = fastWithout(['rows', 'engine'])
  expect(optimisationNames.filter((name) => !isFast(option, name))).toEqual(['rows', 'engine'])
  expect(() => fastWithout(['row'])).toThrow('There is no optimisation "row". Use: documents, rows')
})
