#!/usr/bin/env node
import {enableCompileCache} from 'node:module'

/**
 * The `lake` command. Node keeps the compiled modules between runs, which halves the time until a
 * command does anything; only modules that are loaded after this line are kept.
 */
enableCompileCache()
const {main} = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
