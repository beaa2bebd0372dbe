import {expect, test} from 'vitest'

import {findQuotations} from './findQuotations.ts'

const quoted = (text: string): string[] =>
  findQuotations(text).ranges.map(({start, end}) => text.slice(start, end))

test.each([
  ['two in one paragraph', 'She wrote, ‘One?’ and then, ‘Two.’', ['One?', 'Two.']],
  ['an apostrophe inside', '‘We’re just trying.’', ['We’re just trying.']],
  ['a possessive inside', '‘World’s Largest Family’', ['World’s Largest Family']],
  ['an elision inside', '‘Rock ’em all,’ he said.', ['Rock ’em all,']],
  ['a plural possessive', '‘The dogs’ bowl is empty,’ he said.', ['The dogs’ bowl is empty,']],
  ['a short one ending in s', 'The ‘Teslanaires’ and their cars', ['Teslanaires']],
  ['double marks', '“One,” he said. “Two.”', ['One,', 'Two.']],
  ['marks within marks', '“He said ‘no’ to me,” she said.', ['He said ‘no’ to me,']],
  ['none', 'It’s the Kremlin’s own account.', []],
  ['nothing between the marks', 'Empty ‘’ marks', []],
  ['straight marks, which do not show where they end', "the 'Teslanaires'", []],
])('%s', (_, text, expected) => {
  expect(quoted(text)).toEqual(expected)
  expect(findQuotations(text).unclosed).toBe(false)
})

test.each(['‘It goes on', 'Done. “And on', '‘It’s'])('%s is not closed', (text) => {
  expect(findQuotations(text)).toEqual({ranges: [], unclosed: true})
})
