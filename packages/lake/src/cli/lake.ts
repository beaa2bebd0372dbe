#!/usr/bin/env node
import * as nodeModule from 'node:module'

import {keepMemoryLow} from '../server/keepMemoryLow.ts'

/**
 * The `lake` command. Node keeps the compiled modules between runs, which halves the time until a
 * command does anything; only modules that are loaded after these lines are kept.
 */
const OLDEST_NODE = 24

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `lake: This is Node ${process.versions.node}; the lake needs ${OLDEST_NODE} or later.\n`,
  )
  process.exitCode = 1
} else {
  keepMemoryLow()
  nodeModule.enableCompileCache()
  const {main} = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
