/** The perspectives that a Studio may name. */
import {expect, it} from 'vitest'

import {timeIn} from './clock.ts'
import {readPerspective} from './perspective.ts'

it.each([
  ['drafts', 'drafts'],
  ['published', 'published'],
  [['drafts'], 'drafts'],
  ['rSpring', ['rSpring']],
  ['rSpring,rSummer,drafts', ['rSpring', 'rSummer', 'drafts']],
  [
    ['rSpring', 'drafts'],
    ['rSpring', 'drafts'],
  ],
  ['raw', null],
  [['raw', 'drafts'], null],
  ['', null],
  [[], null],
  [{}, null],
  [['a b'], null],
  [[1], null],
])('%j means %j', (given, perspective) => {
  expect(readPerspective(given)).toEqual(perspective)
})

it('reads a local time in the newsroom’s zone, summer time included', () => {
  expect(timeIn('2026-03-02T09:00', 'Europe/London')).toBe('2026-03-02T09:00:00.000Z')
  expect(timeIn('2026-07-02T09:00', 'Europe/London')).toBe('2026-07-02T08:00:00.000Z')
  expect(timeIn('soon', 'Europe/London')).toBeNull()
})
