import {enableCompileCache} from 'node:module'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

// Node keeps the compiled modules between runs: the lake is there in half the time, and without
// the compiler. Only modules that are loaded after these lines are kept.
keepMemoryLow()
enableCompileCache()
await import('./command/serve.ts')
