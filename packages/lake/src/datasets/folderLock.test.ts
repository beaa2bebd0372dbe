import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {lockFolder} from './folderLock.ts'

test('one holder at a time, and none after the holder was killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-lock-'))
  const inAnotherProcess = (then: string): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import {lockFolder} from ${JSON.stringify(import.meta.resolve('./folderLock.ts'))}
         process.stdout.write(String(lockFolder(${JSON.stringify(folder)}) !== null))
         ${then}`,
      ],
      {encoding: 'utf8'},
    )
  try {
    expect(inAnotherProcess('')).toBe('true')
    const release = lockFolder(folder)
    expect(release).not.toBeNull()
    expect(lockFolder(folder)).toBeNull()
    expect(inAnotherProcess('')).toBe('false')
    release?.()
    expect(() => inAnotherProcess("process.kill(process.pid, 'SIGKILL')")).toThrow(/Command failed/)
    const again = lockFolder(folder)
    expect(again).not.toBeNull()
    again?.()
  } finally {
    rmSync(folder, {recursive: true})
  }
})
