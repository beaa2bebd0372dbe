import {execFile, spawnSync} from 'node:child_process'
import {promisify} from 'node:util'

import {expect, test} from 'vitest'

const ownExits = new URL('./ownExits.ts', import.meta.url).href

test("leaves out the CLI's own exit, and no other error", async () => {
  const code = `
    console.error(' \\x1b[31m›\\x1b[39m   Error: EEXIT: 1\\n')
    console.error(' ›   Error: The dataset was not found.')
    console.error('Error: EEXIT: 1', 'with more')
    console.error(new Error('EEXIT: 2').message)`
  const {stderr} = await promisify(execFile)(process.execPath, [
    '--import',
    ownExits,
    '--eval',
    code,
  ])
  expect(stderr.split('\n')).toEqual([
    ' ›   Error: The dataset was not found.',
    'Error: EEXIT: 1 with more',
    'EEXIT: 2',
    '',
  ])
})

test.each([
  ["Object.assign(new Error('EEXIT: 0'), {oclif: {exit: 0}})", 0, ''],
  ["Object.assign(new Error('EEXIT: 3'), {oclif: {exit: 3}})", 3, ''],
  ["new Error('EEXIT: 0')", 1, 'Error: EEXIT: 0'],
  ["new Error('It broke.')", 1, 'Error: It broke.'],
])('an uncaught %s ends the process with %i', (error, code, printed) => {
  const script = `setTimeout(() => { throw ${error} })`
  const {status, stderr} = spawnSync(process.execPath, ['--import', ownExits, '--eval', script], {
    encoding: 'utf8',
  })
  expect({status, printed: stderr.split('\n')[0]}).toEqual({status: code, printed})
})
