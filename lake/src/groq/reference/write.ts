import {writeFileSync} from 'node:fs'
import {resolve} from 'node:path'

import {groqReference} from './groqReference.ts'

/** Brings docs/groq.md up to date: `node lake/src/groq/reference/write.ts`. */
writeFileSync(resolve(import.meta.dirname, '../../../../docs/groq.md'), groqReference())
