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
  // Node's error for a recursive mkdir on a read-only disk.
  ['ENOENT', 'mkdir', 503],
])('%s of %s becomes a LakeError of status %d', (code, syscall, status) => {
  expect(fileFault(systemError(code, syscall))?.status).toBe(status)
})

test('a missing file is not a storage fault', () => {
  expect(fileFault(systemError('ENOENT', 'open'))).toBeUndefined()
})
