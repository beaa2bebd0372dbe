/** The faults that happen during the writes: one function for each. */
import {spawn, spawnSync} from 'node:child_process'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import {connect} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import type {Random} from '../../../packages/groq/src/spec/fuzz/random.ts'
import type {Client} from './client.ts'
import type {Disk} from './disk.ts'
import {LAKE, type LakeProcess, runLake, StartFailure} from './lakeProcess.ts'
import {VICTIM} from './plan.ts'

export interface FaultContext {
  readonly disk: Disk
  readonly dataDir: string
  readonly random: Random
  readonly token: string
  readonly client: Client
  /** The lake that the writers write to. */
  server(): LakeProcess
  start(): Promise<LakeProcess>
  /** Ends the lake and waits until it has exited. */
  kill(): Promise<void>
  terminate(): Promise<void>
  /** Waits until all writers have stopped. */
  quiet(): Promise<void>
  /** Checks a copy of the folder that was made at a certain time. */
  checkCopy(dataDir: string): Promise<void>
  /** The current time of the journal. */
  time(): number
  /** Requests in progress at that time may be lost, even if they were acknowledged. */
  doubt(since: number): void
  /** The file with the milliseconds to add to the lake's clock. */
  readonly clockFile: string
  say(problem: string): void
}

export interface Fault {
  readonly name: string
  readonly weight: number
  /** Whether requests may get 503 and 507, and the lake may print errors, during the fault. */
  readonly mayFail?: boolean
  /** Whether it needs the clock of `faultyServer.ts`. */
  readonly ownClock?: boolean
  /** Why it is not possible here. */
  missing?(disk: Disk): string | undefined
  run(context: FaultContext): Promise<void>
}

/** The beginning of a reason that can be fixed by installing a tool. */
export const MISSING_TOOL = 'there is no'

const noDisk = (disk: Disk): string | undefined => disk.reason
const noExt4 = (disk: Disk): string | undefined =>
  disk.reason ?? (disk.kind === 'ext4' ? undefined : 'it needs an ext4 disk in a file')
const noLimits = (): string | undefined => {
  if (process.platform !== 'linux') return 'it needs Linux'
  return spawnSync('prlimit', ['--version']).status === 0 ? undefined : `${MISSING_TOOL} prlimit`
}

const limit = (pid: number, name: 'fsize' | 'nofile', value: string): void => {
  spawnSync('prlimit', ['--pid', String(pid), `--${name}=${value}`])
}

/** Overwrites pages of a file except the first, which has the file header. */
const damage = (file: string, random: Random): void => {
  const pages = Math.floor(statSync(file).size / 4096)
  const handle = openSync(file, 'r+')
  for (let n = 0; n < Math.max(3, pages / 4); n += 1) {
    const junk = Buffer.alloc(4096, random.number(256))
    writeSync(handle, junk, 0, junk.length, 4096 * (1 + random.number(Math.max(1, pages - 1))))
  }
  closeSync(handle)
}

const spawnAndKill = async (dataDir: string, after: number): Promise<void> => {
  const child = spawn(process.execPath, [LAKE, 'start', '--data', dataDir, '--port', '0'], {
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  await wait(after)
  child.kill('SIGKILL')
  await gone
}

export const FAULTS: readonly Fault[] = [
  {name: 'kill', weight: 40, run: ({kill}) => kill()},
  {
    name: 'kill while starting',
    weight: 6,
    async run({kill, quiet, dataDir, random}) {
      await kill()
      await quiet()
      for (let n = 0; n < 3; n += 1) await spawnAndKill(dataDir, 50 + random.number(700))
    },
  },
  {name: 'terminate', weight: 8, run: ({terminate}) => terminate()},
  {
    name: 'pause',
    weight: 6,
    async run({server, random}) {
      server().signal('SIGSTOP')
      await wait(100 + random.number(1500))
      server().signal('SIGCONT')
      await wait(300)
    },
  },
  {
    name: 'full disk',
    weight: 8,
    mayFail: true,
    missing: noDisk,
    async run({disk, random}) {
      disk.fill(random.number(200_000))
      await wait(300 + random.number(1500))
      disk.empty()
      await wait(500)
    },
  },
  {
    name: 'kill on a full disk',
    weight: 4,
    mayFail: true,
    missing: noDisk,
    async run({disk, random, kill}) {
      disk.fill(random.number(200_000))
      await wait(random.number(1000))
      await kill()
      disk.empty()
    },
  },
  {
    name: 'terminate on a full disk',
    weight: 4,
    mayFail: true,
    missing: noDisk,
    async run({disk, terminate}) {
      disk.fill(0)
      await wait(300)
      await terminate()
      disk.empty()
    },
  },
  {
    name: 'writes fail',
    weight: 5,
    mayFail: true,
    missing: noLimits,
    async run({server, dataDir, random}) {
      // No file may grow beyond the current largest, so a write fails in the middle.
      const log = join(dataDir, 'datasets/production/documents.sqlite-wal')
      const size = existsSync(log) ? statSync(log).size : 0
      limit(server().pid, 'fsize', `${size + random.number(100_000)}:unlimited`)
      await wait(300 + random.number(700))
      limit(server().pid, 'fsize', 'unlimited:unlimited')
      await wait(300)
    },
  },
  {
    name: 'no more files',
    weight: 4,
    mayFail: true,
    missing: noLimits,
    async run({server, random}) {
      const {pid} = server()
      const open = readdirSync(`/proc/${pid}/fd`).length
      limit(pid, 'nofile', `${open + random.number(6)}:4096`)
      await wait(300 + random.number(700))
      limit(pid, 'nofile', '4096:4096')
      await wait(300)
    },
  },
  {
    name: 'read-only disk',
    weight: 3,
    mayFail: true,
    missing: noDisk,
    async run({disk, terminate, quiet, start, say}) {
      await terminate()
      await quiet()
      if (!disk.setReadOnly(true)) return
      try {
        const lake = await start()
        say('the lake starts on a read-only disk')
        lake.signal('SIGKILL')
        await lake.exit(5000)
      } catch (error) {
        if (!(error instanceof StartFailure)) throw error
        if (error.code !== 1)
          say(`on a read-only disk the lake ends with ${error.code}, not 1: ${error.message}`)
      } finally {
        disk.setReadOnly(false)
      }
    },
  },
  {
    // As Linux does when it finds damage, with all files open. Acknowledged writes were flushed,
    // except those being flushed at that time: ext4 reports success although they are lost. (A
    // program that only calls `write` and `fdatasync` sees the same in one break of six.)
    name: 'disk breaks',
    weight: 5,
    mayFail: true,
    missing: noExt4,
    async run({disk, random, kill, terminate, quiet, time, doubt}) {
      const brokenAt = time()
      disk.breakDown()
      await wait(200 + random.number(800))
      await (random.chance(0.5) ? kill() : terminate())
      await quiet()
      doubt(brokenAt)
      disk.repair()
    },
  },
  {
    name: 'damaged pages',
    weight: 4,
    mayFail: true,
    async run({terminate, quiet, dataDir, random, start, client, say, kill}) {
      await terminate()
      await quiet()
      const folder = join(dataDir, 'datasets', VICTIM)
      const file = join(folder, 'documents.sqlite')
      if (!existsSync(file)) return
      const good = readFiles(folder)
      damage(file, random)
      try {
        await start()
        await expectOnlyVictimFails(client, say)
        await kill()
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        say(
          `one damaged dataset ${error instanceof StartFailure ? 'keeps the lake from starting' : 'ends the lake'}: ${message}`,
        )
      }
      for (const name of readdirSync(folder)) {
        if (name.startsWith('documents.sqlite')) rmSync(join(folder, name))
      }
      // Flushed, so that a disk that breaks in a later cycle cannot take these bytes with it.
      for (const [name, bytes] of good) writeFileSync(join(folder, name), bytes, {flush: true})
      flushFolder(folder)
    },
  },
  {
    name: 'clients vanish',
    weight: 4,
    async run({server, token}) {
      const sockets = Array.from({length: 60}, () => {
        const socket = connect(server().port, '127.0.0.1')
        socket.on('error', () => undefined)
        socket.write(
          `POST /v1/data/mutate/production HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
            'Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"mutations":[',
        )
        return socket
      })
      await wait(200)
      for (const socket of sockets) socket.destroy()
      await wait(200)
    },
  },
  {
    name: 'clock jumps',
    weight: 5,
    ownClock: true,
    async run({clockFile, random}) {
      for (let n = 0; n < 4; n += 1) {
        writeFileSync(clockFile, String((random.number(48) - 24) * 3_600_000))
        await wait(150)
      }
      writeFileSync(clockFile, '0')
      await wait(150)
    },
  },
  {
    name: 'snapshot',
    weight: 3,
    async run({dataDir, checkCopy, say}) {
      const folder = mkdtempSync(join(tmpdir(), 'lake-snapshot-'))
      const snapshot = join(folder, 'snapshot')
      const restored = join(folder, 'restored')
      try {
        let made = await runLake(['snapshot', snapshot, '--data', dataDir])
        // A dataset that was emptied or removed meanwhile cannot be in a snapshot; the message says
        // so.
        for (let n = 0; n < 20 && made.code !== 0 && made.text.includes('Take it again'); n += 1) {
          made = await runLake(['snapshot', snapshot, '--data', dataDir])
        }
        if (made.code !== 0) return say(`lake snapshot fails: ${made.text.slice(0, 300)}`)
        const back = await runLake(['restore', snapshot, '--data', restored])
        if (back.code !== 0) return say(`lake restore fails: ${back.text.slice(0, 300)}`)
        await checkCopy(restored)
      } finally {
        rmSync(folder, {recursive: true, force: true})
      }
    },
  },
]

const flushFolder = (folder: string): void => {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

const readFiles = (folder: string): [string, Buffer][] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('documents.sqlite'))
    .map((name) => [name, readFileSync(join(folder, name))])

/** The damaged dataset answers 503 or serves its undamaged part; the others are not affected. */
const expectOnlyVictimFails = async (
  client: Client,
  say: (problem: string) => void,
): Promise<void> => {
  const query = JSON.stringify({query: '*[]._id'})
  const other = await client.send('POST', '/v2025-02-19/data/query/production', query)
  if (other?.status !== 200) say(`beside a damaged dataset, another one answers ${other?.status}`)
  const id = `damage-${Date.now()}`
  const write = JSON.stringify({mutations: [{create: {_id: id, _type: 'damage'}}, {delete: {id}}]})
  for (const [path, body] of [
    ['/v2025-02-19/data/query', query],
    ['/v2025-02-19/data/mutate', write],
  ] as const) {
    const damaged = await client.send('POST', `${path}/${VICTIM}`, body)
    const {status = 0, text = ''} = damaged ?? {}
    if (status !== 200 && status !== 503)
      say(`a damaged dataset answers ${status}, not 503: ${text.slice(0, 200)}`)
    if (status === 503 && !/damage|malformed|corrupt|integrity/i.test(text))
      say(`a damaged dataset answers 503 without the reason: ${text.slice(0, 200)}`)
  }
}
