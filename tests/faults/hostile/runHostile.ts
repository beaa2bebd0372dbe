/**
 * Sends hostile requests to a lake in a separate process, as fast as it accepts them, and checks
 * for 5xx responses, missing responses, output of the lake, the longest time that it was blocked,
 * and private words in responses to callers without access.
 */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {Worker} from 'node:worker_threads'

import {randomFrom} from '../../../packages/groq/src/spec/fuzz/random.ts'
import {type LakeProcess, OWN_SERVER, startLake} from '../crash/lakeProcess.ts'
import {type Answered, openPipeline, type Pipeline} from './connection.ts'
import {type HostileRequest, hostileRequest} from './requests.ts'
import {sendRudely} from './rude.ts'
import {plantSecrets, type Secrets} from './secrets.ts'

export interface HostileOptions {
  readonly seed: number
  /** The number of the first request. */
  readonly from: number
  /** Whether to send more, given the number of requests answered or given up. */
  goesOn(requests: number, detail: () => string): boolean
  readonly planted: string | undefined
  /** The longest allowed block of the serving thread, in milliseconds. */
  readonly mostStretch: number
  /** The longest allowed wait for a response, in milliseconds. */
  readonly patience: number
  say(line: string): void
}

export interface HostileReport {
  readonly problems: readonly string[]
  readonly requests: number
  readonly answered: number
  /** Requests sent again because the lake closed their connection before their turn. */
  readonly cut: number
  /** Those with the same fate at the second attempt. */
  readonly unanswered: number
  /** The number of times the datasets were emptied. */
  readonly renewals: number
  /** Memory of the lake's process in megabytes; 0 if unknown. */
  readonly mostMemory: number
  readonly rude: number
  readonly streams: number
  readonly statuses: Readonly<Record<string, number>>
  /**
   * The longest times in milliseconds: of the serving thread without garbage collection, of one
   * collection, of /health.
   */
  readonly longestStretch: number
  readonly longestCollection: number
  readonly longestHealth: number
  /** Requests by their time as the first of their connection. */
  readonly slowest: readonly string[]
  /** Requests that blocked the serving thread longest. */
  readonly longestTakenUp: readonly string[]
}

const CONNECTIONS = 6
const AT_ONCE = 12
const RUDE_AT_ONCE = 32
const MOST_PROBLEMS = 100
/**
 * After this many requests everything is emptied, because written documents would make the
 * responses larger and larger until only large ones are tested.
 */
const STRETCH = 20_000
/** Documents of the largest allowed size are in the responses to this many requests. */
const GIANTS_STAY = 1000
/** Megabytes: a writer thread may have 1,024, beside the scan and the serving thread. */
const MOST_MEMORY = 2000

interface About {
  readonly number: number
  readonly request: HostileRequest
  /** Whether it was sent before, on a connection that closed before the response. */
  readonly isAgain: boolean
}

/** The memory of a process in megabytes. */
const memoryOf = (pid: number): number => {
  try {
    const [, kilobytes = '0'] =
      /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return 0
  }
}

const bytesOf = ({method, path, headers, body, role}: HostileRequest, secrets: Secrets): string => {
  const token = secrets.tokens[role]
  const content = body === undefined ? '' : Buffer.from(body).toString('latin1')
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...headers,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : [`Content-Length: ${content.length}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${content}`
}

const describe = ({number, request: {method, path, role, body, manner}}: About): string =>
  `request ${number} (${role}, ${manner}): ${method} ${path.slice(0, 300)}${body === undefined ? '' : ` ${body.slice(0, 300)}`}`

/**
 * Responses for missing features or limits are not failures. The response to a HEAD has no body that
 * could say why: there the header that says when to ask again decides.
 */
const isFailure = (method: string, status: number, bytes: Buffer): boolean => {
  if (status < 500 || status === 501) return false
  if (status !== 503) return true
  const text = bytes.toString('latin1')
  return !(method === 'HEAD' ? /^retry-after: /im.test(text) : IS_BEING_CHANGED.test(text))
}

/**
 * Another request is emptying, deleting or copying to the dataset, or was writing to it until this
 * one was refused.
 */
const IS_BEING_CHANGED =
  /"message":"(?:The dataset (?:\\"[^"]*\\" is being|was closed or emptied|is being closed)|Other writes to the dataset have kept) /

export const runHostile = async (options: HostileOptions): Promise<HostileReport> => {
  const {seed, planted, say, mostStretch, patience} = options
  const problems: string[] = []
  const statuses: Record<string, number> = {}
  const slowest: {waited: number; text: string}[] = []
  let answered = 0
  let cut = 0
  let rude = 0
  let streams = 0
  let unanswered = 0
  let renewals = 0
  let memory = 0
  let mostMemory = 0
  let rudeNow = 0
  let isRenewing = false
  let isHeavyAtWork = false
  /** The number of responses before the largest documents are removed. */
  let giantsUntil = Infinity
  const heldBack: About[] = []
  const again: About[] = []

  const report = (problem: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem)
    say(`PROBLEM ${problem}`)
  }

  const folder = mkdtempSync(join(tmpdir(), 'lake-hostile-'))
  const data = join(folder, 'data')
  const marker = `Marker${seed.toString(36)}x${Date.now().toString(36)}`
  const lake: LakeProcess = await startLake(
    OWN_SERVER,
    ['--data', data, '--watch', ...(planted === undefined ? [] : ['--fault', planted])],
    {LAKE_MARKER: marker},
  )
  const local: {token: string} = JSON.parse(readFileSync(join(data, 'lake.json'), 'utf8'))
  const secrets = await plantSecrets(lake.url, local.token, marker)
  const health = new Worker(new URL('./healthWorker.ts', import.meta.url), {workerData: lake.port})
  let longestHealth = 0
  health.on('message', (waited: number) => (longestHealth = Math.max(longestHealth, waited)))

  const privateWords = Buffer.from(marker)

  /** Callers who may not read drafts must not see the marker. */
  const judge = (about: About, status: number, bytes: Buffer): void => {
    const {role} = about.request
    if (isFailure(about.request.method, status, bytes))
      report(`${status} for ${describe(about)}: ${bytes.toString('latin1').slice(-300)}`)
    if (role !== 'nobody' && role !== 'unknown' && role !== 'deploy-studio') return
    const at = bytes.indexOf(privateWords)
    if (at < 0) return
    const around = bytes.toString('latin1', Math.max(0, at - 150), at + 40)
    report(`private words in the answer to ${describe(about)}: ${around}`)
  }

  const onAnswer = (about: About, {status, bytes, waited}: Answered): void => {
    answered += 1
    statuses[status] = (statuses[status] ?? 0) + 1
    if (about.request.isHeavy) {
      isHeavyAtWork = false
      giantsUntil = answered + GIANTS_STAY
    }
    judge(about, status, bytes)
    const last = slowest.at(-1)
    if (slowest.length < 10 || (last !== undefined && waited > last.waited)) {
      slowest.push({waited, text: `${waited.toFixed(0)} ms, ${status}: ${describe(about)}`})
      slowest.sort((a, b) => b.waited - a.waited)
      slowest.length = Math.min(slowest.length, 10)
    }
  }

  const sendAlone = async (about: About): Promise<void> => {
    const {request, number} = about
    const isStream = request.manner === 'stream'
    rudeNow += 1
    if (isStream) streams += 1
    else rude += 1
    const bytes = await sendRudely({
      port: lake.port,
      random: randomFrom(seed ^ number),
      bytes: bytesOf(request, secrets),
      isStream,
    })
    rudeNow -= 1
    for (const [, status] of bytes.toString('latin1').matchAll(/(?:^|\r\n)HTTP\/1\.1 (\d{3})/g)) {
      statuses[`${status}`] = (statuses[`${status}`] ?? 0) + 1
      if (isFailure(about.request.method, Number(status), bytes))
        report(`${status} for ${describe(about)}: ${bytes.toString('latin1').slice(-300)}`)
    }
    judge(about, 0, bytes)
  }

  const pipelines: (Pipeline<About> | undefined)[] = Array.from({length: CONNECTIONS})
  const pipelineAt = (index: number): Pipeline<About> => {
    const open = pipelines[index]
    if (open?.isOpen) return open
    return (pipelines[index] = openPipeline<About>(lake.port, onAnswer, onClose))
  }

  /** Requests behind one that made the lake close the connection are sent again. */
  const onClose = (waiting: readonly About[]): void => {
    for (const about of waiting) {
      if (about.request.isHeavy) isHeavyAtWork = false
      if (about.isAgain) unanswered += 1
      else {
        cut += 1
        again.push({...about, isAgain: true})
      }
    }
  }

  let number = options.from
  /** The next request for a persistent connection. */
  const next = (): About => {
    for (;;) {
      if (!isHeavyAtWork) {
        const heavy = heldBack.shift()
        if (heavy !== undefined) return heavy
      }
      const about = again.shift() ?? {
        number,
        request: hostileRequest(randomFrom(Math.imul(seed, 31) + number)),
        isAgain: false,
      }
      if (about.number === number) number += 1
      const {manner, isHeavy} = about.request
      if (isHeavy && isHeavyAtWork) heldBack.push(about)
      else if (manner === 'framed') return about
      else if (rudeNow < RUDE_AT_ONCE) void sendAlone(about)
    }
  }

  const fillPipelines = (): boolean => {
    let isFull = true
    for (let index = 0; index < CONNECTIONS; index += 1) {
      const pipeline = pipelineAt(index)
      while (pipeline.isOpen && pipeline.waiting < AT_ONCE) {
        isFull = false
        const about = next()
        if (about.request.isHeavy) isHeavyAtWork = true
        pipeline.send(bytesOf(about.request, secrets), about, about.request.method === 'HEAD')
      }
    }
    return isFull
  }

  const isBusy = (): boolean =>
    rudeNow > 0 || pipelines.some((each) => each?.isOpen && each.waiting > 0)

  /** Waits a limited time for outstanding responses. @returns Whether they have arrived. */
  const quiet = async (): Promise<boolean> => {
    const deadline = performance.now() + patience
    while (isBusy() && lake.isRunning) {
      if (performance.now() > deadline) return false
      await wait(5)
    }
    return true
  }

  const reportOldest = (): void => {
    for (const pipeline of pipelines) {
      const oldest = pipeline?.isOpen ? pipeline.oldest() : undefined
      if (oldest === undefined || oldest.waited < patience) continue
      report(`no answer after ${patience / 1000} s to ${describe(oldest.about)}`)
      pipeline?.close()
    }
  }

  const done = (): number => answered + unanswered + rude + streams
  const detail = (): string =>
    `${memory.toFixed(0)} MB, longest wait of /health ${longestHealth.toFixed(0)} ms`
  const seconds = setInterval(() => {
    if (!isRenewing) void secrets.touch().catch(() => undefined)
    memory = memoryOf(lake.pid)
    if (memory > MOST_MEMORY && mostMemory <= MOST_MEMORY)
      report(`the lake holds ${memory.toFixed(0)} MB of memory`)
    mostMemory = Math.max(mostMemory, memory)
    reportOldest()
  }, 2000)
  try {
    let nextStretch = STRETCH
    while (lake.isRunning && options.goesOn(done(), detail)) {
      if (answered > giantsUntil) {
        giantsUntil = Infinity
        void secrets.removeGiants().catch(() => undefined)
      }
      if (done() > nextStretch) {
        nextStretch = done() + STRETCH
        if (!(await quiet())) reportOldest()
        isRenewing = true
        await secrets.renew()
        isRenewing = false
        renewals += 1
      }
      await (fillPipelines() ? wait(1) : new Promise(setImmediate))
    }
    if (!(await quiet())) reportOldest()
  } finally {
    clearInterval(seconds)
    await health.terminate()
    secrets.close()
    for (const pipeline of pipelines) pipeline?.close()
  }
  if (!lake.isRunning) report(`the lake ended by itself with ${await lake.exit(0)}`)
  lake.signal('SIGTERM')
  const code = await lake.exit(10_000)
  if (code === undefined) {
    report('the lake has not ended 10 s after SIGTERM')
    lake.signal('SIGKILL')
    await lake.exit(10_000)
  }
  const errors = lake.errors()
  if (errors !== '') report(`the lake printed: ${errors.slice(0, 1000)}`)
  const [, stretch = '0', collection = '0'] =
    /^stretch (\d+) collection (\d+)$/m.exec(lake.output()) ?? []
  if (Number(stretch) > mostStretch)
    report(
      `the serving thread was busy for ${stretch} ms at a stretch; slowest: ${slowest[0]?.text}`,
    )
  rmSync(folder, {recursive: true, force: true})
  return {
    problems,
    requests: done(),
    answered,
    cut,
    unanswered,
    renewals,
    mostMemory,
    rude,
    streams,
    statuses,
    longestHealth,
    longestStretch: Number(stretch),
    longestCollection: Number(collection),
    slowest: slowest.map(({text}) => text),
    longestTakenUp: Array.from(lake.output().matchAll(/^took (.*)$/gm), ([, line = '']) => line),
  }
}
