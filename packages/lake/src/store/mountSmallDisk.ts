/**
 * For tests of a full disk: mounts a file system of 12 MB, which needs Linux and root. Where that is
 * not permitted these tests are skipped; .ci/run prints so, and fails if `mount` itself is missing.
 */
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface SmallDisk {
  readonly folder: string
  remove(): void
}

/** @returns Undefined where this process may not mount. */
export const mountSmallDisk = (): SmallDisk | undefined => {
  if (process.platform !== 'linux') return undefined
  const folder = mkdtempSync(join(tmpdir(), 'lake-small-disk-'))
  const {status, error} = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder])
  const remove = (): void => {
    if (status === 0) spawnSync('umount', [folder])
    rmSync(folder, {recursive: true, force: true})
  }
  if (status === 0) return {folder, remove}
  remove()
  if (process.env['COPYDESK_CI'] === undefined) return undefined
  if (error !== undefined) throw new Error(`mount does not run: ${error.message}`)
  process.stderr.write('This user may not mount: tests of a full disk are skipped.\n')
  return undefined
}

/** Whether this process may mount file systems. */
export const mayMount = (): boolean => {
  const disk = mountSmallDisk()
  disk?.remove()
  return disk !== undefined
}
