import {readFileSync} from 'node:fs'

import {extractSchema} from '@sanity/schema/_internal'
import {expect, test} from 'vitest'

import {compiledSchema} from './compiledSchema.ts'

test('the committed extract matches the schema', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../schemas/schema.generated.json', import.meta.url), 'utf8'),
  )
  const current = extractSchema(compiledSchema, {enforceRequiredFields: true})
  expect(committed, 'run `npx sanity schema extract --force` after changing schemas/').toEqual(
    current,
  )
})
