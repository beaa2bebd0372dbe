/** Program: writes docs/groq.md. */
import {writeFileSync} from 'node:fs'
import {resolve} from 'node:path'

import {groqReference} from './groqReference.ts'

/** Brings docs/groq.md up to date: `node packages/groq/src/spec/reference/write.ts`. */
writeFileSync(resolve(import.meta.dirname, '../../../../../docs/groq.md'), groqReference())
