/**
 * Loaded before Sanity's CLI (`node --import`). Its commands set their exit code by throwing an error
 * EEXIT. Some, such as `documents validate`, catch it themselves and print it as a failure: the line
 * "Error: EEXIT: 1" is left out. `codemod` throws it where nothing catches it, and so fails
 * although all went well: here the process exits with the intended code.
 */
import {stripVTControlCharacters} from 'node:util'
import {isNativeError} from 'node:util/types'

const OWN_EXIT = /^\W*Error: EEXIT: \d+\s*$/

const isOwnExit = (value: unknown): boolean =>
  typeof value === 'string' && OWN_EXIT.test(stripVTControlCharacters(value))

// oxlint-disable-next-line no-console -- the CLI prints its errors with it
const printError = console.error

Object.assign(console, {
  error: (...values: readonly unknown[]) => {
    if (!(values.length === 1 && isOwnExit(values[0]))) printError(...values)
  },
})

/** The code in an error EEXIT; undefined for any other error. */
const ownExitCode = (error: unknown): number | undefined => {
  if (!isNativeError(error) || !('oclif' in error) || !/^EEXIT: \d+$/.test(error.message)) {
    return undefined
  }
  return Number(error.message.slice('EEXIT: '.length))
}

process.on('uncaughtException', (error) => {
  const code = ownExitCode(error)
  if (code === undefined) printError(error)
  process.exit(code ?? 1)
})
