import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'

import {expect, it} from 'vitest'

import {groqReference} from './groqReference.ts'

it('is what docs/groq.md says (else run: node packages/groq/src/spec/reference/write.ts)', () => {
  const committed = readFileSync(
    resolve(import.meta.dirname, '../../../../../docs/groq.md'),
    'utf8',
  )
  expect(committed).toBe(groqReference())
})
