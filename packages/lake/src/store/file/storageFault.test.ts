import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
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

/**
 * A program that starts a thread again and again while it may open more and more files, and prints
 * each outcome once: the code of the error and the status for it, or what the thread replied.
 */
const STARVED = `
  import {closeSync, openSync} from 'node:fs'
  import {fileURLToPath} from 'node:url'
  import {startThread} from ${JSON.stringify(import.meta.resolve('../../core/thread.ts'))}
  import {fileFault} from ${JSON.stringify(import.meta.resolve('./storageFault.ts'))}
  const attempt = async () => {
    const options = {script: fileURLToPath(new URL('./worker.ts', import.meta.url)), data: {}, mostMemoryMb: 50}
    try {
      const thread = startThread(options)
      const reply = await thread.run({})
      await thread.end()
      return reply
    } catch (error) {
      return error.code + ' ' + fileFault(error)?.status
    }
  }
  const outcomes = new Set([await attempt()])
  const open = []
  for (let free = 0; free < 12; free += 1) {
    try { for (;;) open.push(openSync('/dev/null', 'r')) } catch {}
    for (const file of open.splice(0, free)) closeSync(file)
    outcomes.add(await attempt())
  }
  console.log([...outcomes].join('\\n'))
`

const WORKER = `
  import {parentPort} from 'node:worker_threads'
  parentPort.on('message', () => parentPort.postMessage('started'))
`

test.skipIf(process.platform === 'win32')(
  'a thread that cannot start because too many files are open becomes a LakeError',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'lake-starved-'))
    writeFileSync(join(folder, 'starved.ts'), STARVED)
    writeFileSync(join(folder, 'worker.ts'), WORKER)
    const command = `ulimit -n 80; exec "$0" "$1"`
    const {stdout} = spawnSync(
      'bash',
      ['-c', command, process.execPath, join(folder, 'starved.ts')],
      {
        encoding: 'utf8',
      },
    )
    rmSync(folder, {recursive: true})
    const [first, ...others] = stdout.trim().split('\n')
    expect(first).toBe('started')
    expect(others).toContain('ERR_WORKER_INIT_FAILED 503')
    expect(others).toContain('ERR_INVALID_PACKAGE_CONFIG 503')
    expect(others.filter((outcome) => !outcome.endsWith(' 503'))).toEqual([])
  },
)
