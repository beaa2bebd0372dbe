#!/usr/bin/env node
/**
 * The `lake` command. Node caches the compiled modules between runs, which halves the time until a
 * command starts; only modules that are loaded after `enableCompileCache` are cached.
 */
import * as nodeModule from 'node:module'

import {nodeProblem} from '../core/supportedNode.ts'
import {keepMemoryLow} from '../server/keepMemoryLow.ts'

const problem = nodeProblem(process.versions.node)
if (problem !== undefined) {
  process.stderr.write(`lake: ${problem}\n`)
  process.exitCode = 1
} else {
  keepMemoryLow()
  nodeModule.enableCompileCache()
  const {main} = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
}
