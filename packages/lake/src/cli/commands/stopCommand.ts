/** `lake stop`: stops the lake that runs on a data folder, and waits until it has ended. */
import {setTimeout as pause} from 'node:timers/promises'

import {readLocalFile} from '../../access/localFile.ts'
import {findRunningLake} from '../../server/findRunningLake.ts'
import {type Command, readOptions, UsageError} from '../command.ts'
import {requireLake} from '../connectToLake.ts'
import {SHUT_DOWN_TIME} from '../shutDownTime.ts'

export const stopCommand: Command = {
  usage: 'stop',
  summary: 'Stop the lake that runs on the data folder.',
  help: ['', 'All its data is on disk already. The command succeeds if no lake is running.'],
  run: async (argv) => {
    const {data} = readOptions(argv, {}).values
    requireLake(data)
    const lake = await findRunningLake(data)
    // The process id is only used once the lake has proved that it is the folder's.
    const pid = readLocalFile(data)?.server?.pid
    if (lake === null || pid === undefined) {
      console.log(`No lake is running on ${data}.`)
      return
    }
    process.kill(pid, 'SIGTERM')
    await released(data, pid)
    console.log(`Stopped the lake of ${data}.`)
  },
}

/** Milliseconds beyond the lake's own time limit for its end. */
const GRACE = 5000
const INTERVAL = 50

/**
 * Waits until the folder is free. Its process may be listed longer: a container without an init
 * process keeps it as a zombie.
 */
const released = async (dataDir: string, pid: number): Promise<void> => {
  const {lockFolder} = await import('../../datasets/folderLock.ts')
  const end = performance.now() + SHUT_DOWN_TIME + GRACE
  for (;;) {
    const unlock = lockFolder(dataDir)
    if (unlock !== null) return unlock()
    if (performance.now() > end) {
      throw new UsageError(`Process ${pid}, the lake of ${dataDir}, has not ended yet.`)
    }
    await pause(INTERVAL)
  }
}
