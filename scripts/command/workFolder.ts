/** A folder for the temporary files of one run of a command, such as an unpacked archive. */
import {mkdtemp, readdir, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/**
 * A new folder, which is removed when it is disposed. Those of runs that were killed are removed
 * first: an archive may have filled gigabytes.
 */
export const openWorkFolder = async (): Promise<AsyncDisposable & {readonly path: string}> => {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^copydesk-import-(\d+)-\w+$/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) await remove(join(tmpdir(), name))
  }
  const path = await mkdtemp(join(tmpdir(), `copydesk-import-${process.pid}-`))
  return {path, [Symbol.asyncDispose]: () => remove(path)}
}

const remove = (path: string): Promise<void> => rm(path, {recursive: true, force: true})

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be asked, and is running.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
