import {execFile} from 'node:child_process'
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
