/** “Generate”, Publish and the import make the same web addresses, though their rooms share no code. */
import {expect, test} from 'vitest'

import {webAddressOf} from '../../schemas/webAddress.ts'
import {slugOf} from '../../seed/identify/slugOf.ts'

test.each([
  ['Russia’s bridge', 'russias-bridge'],
  ['José Díaz, 42', 'jose-diaz-42'],
  ['word '.repeat(30), `${'word-'.repeat(18)}word`],
  ['a'.repeat(120), 'a'.repeat(96)],
  ['!', ''],
])('%s', (text, address) => {
  expect(webAddressOf(text)).toBe(address)
  expect(slugOf(text)).toBe(address)
})
