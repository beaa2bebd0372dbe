import {expect, it} from 'vitest'

import {searchPattern} from './searchPattern.ts'

it.each([
  ['musk', 'musk*'],
  ['  Elon   Musk ', 'Elon* Musk*'],
  ["Musk's", 'Musk*s*'],
  ['we’re', 'we*re*'],
  ['‘The most likely,’', 'The* most* likely*'],
  ["'Teslanaires'", 'Teslanaires*'],
  ['audio-only', 'audio* only*'],
  ['$6,750 at 3.14', '6* 750* at* 3.14*'],
  ['U.S.', 'U.S*'],
  ['cafe\u{301}', 'café*'],
  ['Путин', 'Путин*'],
  ['* "" \'’ –', ''],
  ['', ''],
])('%j becomes %j', (typed, pattern) => {
  expect(searchPattern(typed)).toBe(pattern)
})
