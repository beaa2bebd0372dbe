/** A small disk in memory, which can be filled and made read-only; root on Linux may mount one. */
import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, statfsSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface Disk {
  readonly folder: string
  /** Why it is no small disk but a plain folder; undefined when it is one. */
  readonly reason: string | undefined
  /** Of 1: how much of it is used. */
  used(): number
  /** Leaves so many bytes free. */
  fill(left: number): void
  empty(): void
  /** @returns Whether the system did it. */
  setReadOnly(isReadOnly: boolean): boolean
  remove(): void
}

const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

export const whyNoDisk = (): string | undefined => {
  if (process.platform !== 'linux') return 'it needs Linux'
  return process.getuid?.() === 0 ? undefined : 'it needs root'
}

export const createDisk = (megabytes: number): Disk => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-faults-'))
  const why = whyNoDisk()
  const isMounted =
    why === undefined &&
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'none', folder)
  const filler = join(folder, 'filler')
  const free = (): number => {
    const {bavail, bsize} = statfsSync(folder)
    return bavail * bsize
  }
  return {
    folder,
    reason: isMounted ? undefined : (why ?? 'nothing can be mounted here'),
    used: () => {
      const {bavail, blocks} = statfsSync(folder)
      return 1 - bavail / blocks
    },
    fill(left) {
      if (!isMounted) return
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, free() - left)))
      } catch (error) {
        // The lake was quicker: full is what it must be.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    empty: () => rmSync(filler, {force: true}),
    setReadOnly: (isReadOnly) =>
      isMounted && run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder),
    remove() {
      if (isMounted) run('umount', '-l', folder)
      rmSync(folder, {recursive: true, force: true})
    },
  }
}
