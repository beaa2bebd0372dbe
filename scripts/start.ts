/** Starts `npm start` and `npm run dev`: sets Node up, then loads the command itself. */
import {enableCompileCache} from 'node:module'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

// Node caches compiled modules between runs, so the lake starts in half the time and without the
// compiler. Only modules loaded after these lines are cached.
keepMemoryLow()
enableCompileCache()
await import('./command/serve.ts')
