import {expect, test} from 'vitest'

import {runSteps, StepsError} from './runSteps.ts'

test('all steps are done in order, and those that fail or hang are named', async () => {
  const done: string[] = []
  const step = (name: string) => () => void done.push(name)
  const work = runSteps(
    'closing',
    [
      ['one', step('one')],
      [
        'two',
        () => {
          throw new Error('no disk')
        },
      ],
      ['three', () => new Promise<void>(() => {})],
      ['four', () => Promise.reject(new AggregateError([new Error('a'), new Error('b')]))],
      ['five', step('five')],
    ],
    20,
  )
  await expect(work).rejects.toThrow(StepsError)
  await expect(work).rejects.toThrow(
    'Errors while closing: two: no disk; three: not done after 0.02 seconds; four: a; b',
  )
  expect(done).toEqual(['one', 'five'])
})
