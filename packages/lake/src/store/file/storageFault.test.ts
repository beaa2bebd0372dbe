import {spawnSync} from 'node:child_process'
import {rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {afterAll, expect, test} from 'vitest'

import {mountSmallDisk} from '../mountSmallDisk.ts'
import {fileFault} from './storageFault.ts'

const disk = mountSmallDisk()
afterAll(() => disk?.remove())

const errorOf = (work: () => void): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('There was no error.')
}

const systemError = (code: string, syscall: string): Error =>
  Object.assign(new Error(`${code}: ${syscall}`), {code, syscall})

test.each([
  ['ENOSPC', 'write', 507],
  ['EFBIG', 'write', 507],
  ['EROFS', 'open', 503],
  ['EACCES', 'open', 503],
  ['EPERM', 'open', 503],
  ['EIO', 'read', 503],
  ['EMFILE', 'open', 503],
  ['EAGAIN', 'spawn', 503],
  // Node's error for a recursive mkdir on a read-only disk.
  ['ENOENT', 'mkdir', 503],
])('%s of %s becomes a LakeError of status %d', (code, syscall, status) => {
  expect(fileFault(systemError(code, syscall))?.status).toBe(status)
})

test('a missing file is not a storage fault', () => {
  expect(fileFault(systemError('ENOENT', 'open'))).toBeUndefined()
})

test.skipIf(disk === undefined)(
  'removing a file on a read-only disk becomes a LakeError (needs to mount a tmpfs)',
  () => {
    if (disk === undefined) return
    const file = join(disk.folder, 'left')
    writeFileSync(file, '')
    expect(spawnSync('mount', ['-o', 'remount,ro', disk.folder]).status).toBe(0)
    const error = errorOf(() => rmSync(file, {force: true}))
    expect(fileFault(error)).toMatchObject({status: 503, cause: error})
    expect(fileFault(error)?.message).toMatch(/^The data folder cannot be written/)
  },
)

/** A program that opens all files that it may, and prints the status for a thread that cannot start. */
const STARVED = `
  import {openSync} from 'node:fs'
  import {startThread} from ${JSON.stringify(import.meta.resolve('../../core/thread.ts'))}
  import {fileFault} from ${JSON.stringify(import.meta.resolve('./storageFault.ts'))}
  const started = startThread({script: './none', base: import.meta, data: {}, mostMemoryMb: 50})
  await started.run({}).catch(() => {})
  try { for (;;) openSync('/dev/null', 'r') } catch {}
  try {
    await startThread({script: './none', base: import.meta, data: {}, mostMemoryMb: 50}).run({})
  } catch (error) {
    console.log(error.code, fileFault(error)?.status)
  }
`

test.skipIf(process.platform === 'win32')(
  'a thread that cannot start because too many files are open becomes a LakeError',
  () => {
    const command = `ulimit -n 80; exec "$0" --input-type=module --eval "$1"`
    const {stdout} = spawnSync('bash', ['-c', command, process.execPath, STARVED], {
      encoding: 'utf8',
    })
    expect(stdout).toBe('ERR_WORKER_INIT_FAILED 503\n')
  },
)
