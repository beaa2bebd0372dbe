/**
 * Runs cycles: writers, a fault during the writes, and a check of everything that must still be
 * true.
 */
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

import {randomFrom} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {createChecker} from './check.ts'
import {createClient} from './client.ts'
import {createDisk} from './disk.ts'
import {type Fault, type FaultContext, FAULTS} from './faults.ts'
import {createJournal} from './journal.ts'
import {
  LAKE,
  type LakeProcess,
  OWN_SERVER,
  runLake,
  startLake,
  StartFailure,
} from './lakeProcess.ts'
import {type Cycle, MAIN, operations, planCycle, VICTIM} from './plan.ts'
import {runWriter} from './writer.ts'

export interface CrashOptions {
  readonly seed: number
  /** The first cycle to run. */
  readonly from: number
  /** The step between cycles; more than 1 if other lakes run those in between. */
  readonly step: number
  /** Whether to run another cycle, given the number of finished ones. */
  goesOn(done: {readonly kills: number; readonly cycles: number}): boolean
  /** Names of faults; all when empty. */
  readonly only: readonly string[]
  /** A fault that is planted in the server: see faultyServer.ts. */
  readonly planted: string | undefined
  /** Whether to keep the folder if a problem was found. */
  readonly keep: boolean
  say(line: string): void
}

export interface CrashReport {
  readonly problems: readonly string[]
  readonly cycles: number
  readonly kills: number
  readonly faults: Readonly<Record<string, number>>
  /** Names of faults that are not possible here, with the reason. */
  readonly skipped: readonly string[]
  readonly acknowledged: number
  readonly refused: number
  readonly failed: number
  readonly open: number
  /** Indexes over attributes that were compared with a scan. */
  readonly indexes: number
}

/** A lake ends within ten seconds of SIGTERM, or a little later on a busy machine. */
const END_PATIENCE = 20_000
/** Its output when it ends by force after ten seconds. */
const ENDED_BY_FORCE = /Shutdown took longer/
const MEGABYTES = 160
/** A new folder after some cycles keeps the checks fast, because a folder grows. */
const CYCLES_A_FOLDER = 40
const MOST_PROBLEMS = 200

/** Where the threads of a process wait, if Linux reports it. */
const whatItDoes = (pid: number): string => {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`).map((task) => {
      const [, state] = /\) (\S)/.exec(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')) ?? []
      return `${state} ${readFileSync(`/proc/${pid}/task/${task}/wchan`, 'utf8')}`
    })
    return `its threads: ${tasks.join(', ')}`
  } catch {
    return 'nothing is known of its threads'
  }
}

/** The lines of a lake's output that a failing machine does not explain. */
const unexplained = (text: string): string =>
  text
    .split(/^(?=\w*Error: )/m)
    .filter((part) => !part.startsWith('LakeError'))
    .join('')
    .slice(0, 3000)

export const runCycles = async (options: CrashOptions): Promise<CrashReport> => {
  const {seed, only, planted, say} = options
  const problems: string[] = []
  const struck: Record<string, number> = {}
  const journal = createJournal()
  const disk = createDisk(MEGABYTES)
  const clockFile = join(disk.folder, 'clock')
  let cycle: Cycle | undefined
  let lake: LakeProcess | undefined
  let usesOwnClock = false
  let kills = 0
  let token = ''
  let folders = 0
  let dataDir = ''
  /** The lakes' stderr output in this cycle. */
  let written = ''

  const report = (problem: string): void => {
    // The innermost frames of a stack are enough.
    const few = problem.split('\n').slice(0, 4).join('\n')
    const line = `cycle ${cycle?.number} (${cycle?.fault}): ${few}`
    if (problems.length < MOST_PROBLEMS) problems.push(line)
    say(`PROBLEM ${line}`)
  }
  const checker = createChecker(journal, report)

  const isWanted = (fault: Fault): boolean => only.length === 0 || only.includes(fault.name)
  const faults = FAULTS.filter((fault) => isWanted(fault) && fault.missing?.(disk) === undefined)
  const skipped = FAULTS.filter(isWanted).flatMap((fault) => {
    const reason = fault.missing?.(disk)
    return reason === undefined ? [] : [`${fault.name}: ${reason}`]
  })
  const weights = faults.map(({name, weight}) => [name, weight] as const)

  const start = async (): Promise<LakeProcess> => {
    const datasets = [MAIN, VICTIM].flatMap((name) => ['--dataset', name])
    const args = ['--data', dataDir, '--port', '0', ...datasets]
    const isOwn = usesOwnClock || planted !== undefined
    lake = isOwn
      ? await startLake(
          OWN_SERVER,
          [...args, ...(planted === undefined ? [] : ['--fault', planted])],
          {LAKE_CLOCK_FILE: clockFile},
        )
      : await startLake(LAKE, ['start', ...args])
    const file: {token: string} = JSON.parse(readFileSync(join(dataDir, 'lake.json'), 'utf8'))
    token = file.token
    return lake
  }

  /** Output on stderr means a failure that no client caused. */
  const readErrors = (mayFail: boolean): void => {
    const text = lake?.errors() ?? ''
    written += text
    if (text !== '' && !mayFail) report(`the lake prints: ${text.slice(0, 400)}`)
    if (/unhandled|uncaught|triggerUncaught/i.test(text))
      report(`the lake did not expect: ${text.slice(0, 400)}`)
  }

  const kill = async (): Promise<void> => {
    lake?.signal('SIGKILL')
    await lake?.exit(END_PATIENCE)
    kills += 1
    journal.settle()
  }

  const terminate = async (mayFail: boolean): Promise<void> => {
    const running = lake
    if (running === undefined || !running.isRunning) return
    running.signal('SIGTERM')
    const code = await running.exit(END_PATIENCE)
    if (code === undefined) {
      report(
        `the lake has not ended ${END_PATIENCE / 1000} s after SIGTERM; ${whatItDoes(running.pid)}`,
      )
      written += running.errors()
      return kill()
    }
    const errors = running.errors()
    written += errors
    if ((code !== 0 && !mayFail) || ENDED_BY_FORCE.test(errors))
      report(`the lake ended with ${code} after SIGTERM: ${errors}`)
    journal.settle()
  }

  const freshFolder = async (): Promise<void> => {
    await terminate(false)
    if (problems.length > 0 && options.keep) say(`The folder is left: ${dataDir}`)
    else if (dataDir !== '') rmSync(dataDir, {recursive: true, force: true})
    folders += 1
    dataDir = join(disk.folder, `data-${folders}`)
    mkdirSync(dataDir, {mode: 0o700})
    writeFileSync(clockFile, '0')
    journal.clear()
    checker.clear()
  }

  const runOne = async (planned: Cycle, fault: Fault): Promise<void> => {
    const random = randomFrom(planned.seed)
    if (lake?.isRunning && usesOwnClock !== (fault.ownClock ?? false)) await terminate(false)
    usesOwnClock = fault.ownClock ?? false
    if (!lake?.isRunning) {
      await start()
      // A newly opened lake checks the result of the last cycle.
      const reader = createClient(lake?.url ?? '', token)
      await checker.check(dataDir, reader, random)
      reader.close()
    }
    const {url = ''} = lake ?? {}
    let isWriting = true
    const mayFail = fault.mayFail ?? false
    const clients = Array.from({length: planned.writers}, () => createClient(url, token))
    const writers = clients.map((client, index) =>
      runWriter(
        {
          client,
          journal,
          dataDir,
          isRunning: () => isWriting && lake?.isRunning === true,
          now: () => Date.now(),
          say: report,
          mayFail: () => mayFail || !isWriting,
        },
        operations(seed, planned, index),
      ),
    )
    const quiet = async (): Promise<void> => {
      isWriting = false
      await Promise.all(writers)
    }
    await wait(planned.delay)
    const reader = createClient(url, token)
    const asOf = journal.time
    const context: FaultContext = {
      disk,
      dataDir,
      random,
      token,
      clockFile,
      quiet,
      kill,
      start,
      say: report,
      time: () => journal.time,
      doubt: journal.doubt,
      // A fault may start the lake again, at another port.
      client: {
        send: async (...request) => {
          const client = createClient(lake?.url ?? '', token)
          return client.send(...request).finally(client.close)
        },
        close: () => undefined,
      },
      server: () => {
        if (lake === undefined) throw new Error('no lake runs')
        return lake
      },
      terminate: () => terminate(mayFail),
      checkCopy: async (folder) => checker.checkCopy(folder, asOf),
    }
    const before = lake
    await fault.run(context)
    await quiet()
    if (before !== undefined && !before.isRunning) written += before.errors()
    for (const client of clients) client.close()
    if (lake === before && lake?.isRunning) {
      readErrors(mayFail)
      await checker.check(dataDir, reader, random)
    } else if (lake === before) {
      const code = await lake?.exit(0)
      // If a step of its shutdown fails, such as writing a file on a full disk, it exits with 1.
      const isExpected = code === 'SIGKILL' || code === 0 || (code === 1 && mayFail)
      if (!isExpected && code !== undefined)
        report(`the lake ended by itself with ${code}: ${written}`)
    }
    reader.close()
    if (lake?.isRunning) {
      if (planned.end === 'kill') await kill()
      else if (planned.end === 'term') await terminate(false)
    }
    // `lake check` must find no problem in a folder that was closed or whose lake was killed.
    if (!lake?.isRunning && random.chance(0.15)) {
      const {code, text} = await runLake(['check', '--data', dataDir])
      if (code !== 0) report(`lake check ends with ${code}: ${text.slice(0, 600)}`)
    }
    if (!lake?.isRunning) journal.settle()
  }

  let cycles = 0
  try {
    while (options.goesOn({kills, cycles})) {
      const planned = planCycle(seed, options.from + cycles * options.step, weights)
      cycle = planned
      if (cycles % CYCLES_A_FOLDER === 0 || disk.used() > 0.6) await freshFolder()
      const fault = faults.find(({name}) => name === planned.fault)
      if (fault === undefined) throw new Error(`no fault "${planned.fault}"`)
      cycles += 1
      struck[fault.name] = (struck[fault.name] ?? 0) + 1
      const known = problems.length
      written = ''
      try {
        await runOne(planned, fault)
        if (problems.length > known) say(`LOG OF THE LAKE ${unexplained(written)}`)
        // Consequences of a reported fault are not reported again.
        if (problems.length > known) await freshFolder()
      } catch (error) {
        disk.empty()
        disk.setReadOnly(false)
        const text =
          error instanceof StartFailure
            ? `the lake does not start: ${error.message}`
            : error instanceof Error
              ? (error.stack ?? error.message)
              : String(error)
        report(text)
        if (lake?.isRunning) await kill()
        await freshFolder()
      }
    }
    if (!lake?.isRunning) {
      await start()
      await checker.check(dataDir, undefined, randomFrom(seed))
    }
    await terminate(false)
  } finally {
    lake?.signal('SIGKILL')
    await lake?.exit(END_PATIENCE)
    if (problems.length === 0 || !options.keep) disk.remove()
  }
  const {acknowledged, refused, failed, open} = journal.counts
  return {
    problems,
    cycles,
    kills,
    faults: struck,
    skipped,
    acknowledged,
    refused,
    failed,
    open,
    indexes: checker.indexes,
  }
}
