/**
 * The disk of one lake under the crash program: a small one that can be filled, made read-only and broken. Root on Linux can mount one: ext4 in
 * a file in memory if possible, else tmpfs, else it is a plain folder.
 */
import {spawnSync} from 'node:child_process'
import {existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface Disk {
  readonly folder: string
  readonly kind: 'ext4' | 'tmpfs' | 'folder'
  /** Why it is only a plain folder; undefined if it is a disk. */
  readonly reason: string | undefined
  /** The used part of it, from 0 to 1. */
  used(): number
  /** Fills it until this many bytes are free. */
  fill(left: number): void
  empty(): void
  /**
   * Remounts it read-only or writable; no file on it may be open.
   * @returns whether it succeeded
   */
  setReadOnly(isReadOnly: boolean): boolean
  /**
   * Breaks it as Linux does when it finds damage: all writes fail from now on, even to open files.
   */
  breakDown(): void
  /** Unmounts and mounts it again; no file on it may be open. */
  repair(): void
  remove(): void
}

const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0

const whyNoDisk = (): string | undefined => {
  if (process.platform !== 'linux') return 'it needs Linux'
  return process.getuid?.() === 0 ? undefined : 'it needs root'
}

export const createDisk = (megabytes: number): Disk => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-faults-'))
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const image = join(memory, `${folder.split('/').at(-1)}.ext4`)
  const mountImage = (): boolean => run('mount', '-o', 'loop,errors=remount-ro', image, folder)

  const mountExt4 = (): boolean =>
    run('truncate', '-s', `${megabytes}M`, image) &&
    // The block size of usual disks. With the smaller default of small disks, SQLite's shared
    // memory has holes, and a process that writes into one on a full disk gets SIGBUS.
    run('mkfs.ext4', '-q', '-F', '-m', '0', '-b', '4096', image) &&
    mountImage()
  const mountMemory = (): boolean =>
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'none', folder)

  const why = whyNoDisk()
  const kind =
    why !== undefined ? 'folder' : mountExt4() ? 'ext4' : mountMemory() ? 'tmpfs' : 'folder'
  const filler = join(folder, 'filler')
  const free = (): number => {
    const {bavail, bsize} = statfsSync(folder)
    return bavail * bsize
  }
  return {
    folder,
    kind,
    reason: kind === 'folder' ? (why ?? 'nothing can be mounted here') : undefined,
    used: () => {
      const {bavail, blocks} = statfsSync(folder)
      return 1 - bavail / blocks
    },
    fill(left) {
      if (kind === 'folder') return
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, free() - left)), {flush: true})
      } catch (error) {
        // The lake filled it first, which is fine.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    empty: () => rmSync(filler, {force: true}),
    setReadOnly: (isReadOnly) =>
      kind !== 'folder' && run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder),
    breakDown() {
      const mounts = readFileSync('/proc/mounts', 'utf8')
      const device = new RegExp(`^/dev/(\\S+) ${folder} `, 'm').exec(mounts)?.[1] ?? ''
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, '1')
    },
    repair() {
      if (!run('umount', folder) || !mountImage())
        throw new Error(`${folder} cannot be mounted again`)
    },
    remove() {
      if (kind !== 'folder') run('umount', '-l', folder)
      rmSync(image, {force: true})
      rmSync(folder, {recursive: true, force: true})
    },
  }
}
