import {expect, test} from 'vitest'

import {fileFault} from './storageFault.ts'

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
  // What Node says when it makes a folder, and those that lead to it, on a disk that is read-only.
  ['ENOENT', 'mkdir', 503],
])('%s of %s is the machine’s fault and is answered %d', (code, syscall, status) => {
  expect(fileFault(systemError(code, syscall))?.status).toBe(status)
})

test('a file that is not there is not', () => {
  expect(fileFault(systemError('ENOENT', 'open'))).toBeUndefined()
})
