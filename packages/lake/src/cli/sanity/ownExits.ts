/**
 * Loaded before Sanity's CLI (`node --import`): leaves out the line "Error: EEXIT: 1". Some of its
 * commands, such as `documents validate`, set their exit code by throwing an error, catch it themselves,
 * and print it as a failure.
 */
import {stripVTControlCharacters} from 'node:util'

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
