/**
 * Sends hostile requests to a lake in a process of its own, as fast as it takes them, and watches:
 * for answers of 5xx, for answers that do not come, for what the lake prints, for the longest
 * stretch in which it served nobody, and for private words in answers to those who may not read them.
 */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {Worker} from 'node:worker_threads'

import {randomFrom} from '../../../lake/src/groq/fuzz/random.ts'
import {type LakeProcess, OWN_SERVER, startLake} from '../crash/lakeProcess.ts'
import {type Answered, openPipeline, type Pipeline} from './connection.ts'
import {type HostileRequest, hostileRequest} from './requests.ts'
import {sendRudely} from './rude.ts'
import {plantSecrets, type Secrets} from './secrets.ts'

export interface HostileOptions {
  readonly seed: number
  /** Number of the first request; those before it are left out. */
  readonly from: number
  goesOn(milliseconds: number, requests: number): boolean
  readonly planted: string | undefined
  /** Longest stretch of the serving thread that is no finding, in milliseconds. */
  readonly mostStretch: number
  /** Milliseconds after which a request that was not answered is a finding. */
  readonly patience: number
  say(line: string): void
}

export interface HostileReport {
  readonly problems: readonly string[]
  readonly requests: number
  readonly answered: number
  /** Requests on a connection that the lake closed before their turn. */
  readonly cut: number
  readonly rude: number
  readonly streams: number
  readonly statuses: Readonly<Record<string, number>>
  /** Milliseconds: of the serving thread without garbage collection, of one collection, of /health. */
  readonly longestStretch: number
  readonly longestCollection: number
  readonly longestHealth: number
  /** What was answered last of all, by how long it was at the head of its connection. */
  readonly slowest: readonly string[]
  /** Requests that kept the serving thread longest before anything was awaited. */
  readonly longestTakenUp: readonly string[]
}

const CONNECTIONS = 6
const AT_ONCE = 12
const RUDE_AT_ONCE = 24
const MOST_PROBLEMS = 100

interface About {
  readonly number: number
  readonly request: HostileRequest
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

/** Answers that name something the lake does not have, or a limit, are no failures. */
const isFailure = (status: number, text: string): boolean =>
  status >= 500 && status !== 501 && !(status === 503 && IS_BEING_CHANGED.test(text))

/** Another request is emptying, deleting or copying to the dataset. */
const IS_BEING_CHANGED = /"message":"The dataset (?:\\"[^"]*\\" is being|was closed or emptied) /

export const runHostile = async (options: HostileOptions): Promise<HostileReport> => {
  const {seed, planted, say, mostStretch, patience} = options
  const problems: string[] = []
  const statuses: Record<string, number> = {}
  const slowest: {waited: number; text: string}[] = []
  let answered = 0
  let cut = 0
  let rude = 0
  let streams = 0
  let rudeNow = 0

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

  /** Whoever may not read drafts must not see the marker. */
  const judge = (about: About, status: number, text: string): void => {
    const {role} = about.request
    if (isFailure(status, text)) report(`${status} for ${describe(about)}: ${text.slice(-300)}`)
    if (
      (role === 'nobody' || role === 'unknown' || role === 'deploy-studio') &&
      text.includes(marker)
    ) {
      const at = text.indexOf(marker)
      report(
        `private words in the answer to ${describe(about)}: ${text.slice(Math.max(0, at - 150), at + 40)}`,
      )
    }
  }

  const onAnswer = (about: About, {status, text, waited}: Answered): void => {
    answered += 1
    statuses[status] = (statuses[status] ?? 0) + 1
    judge(about, status, text)
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
    const text = await sendRudely({
      port: lake.port,
      random: randomFrom(seed ^ number),
      bytes: bytesOf(request, secrets),
      isStream,
    })
    rudeNow -= 1
    for (const [, status] of text.matchAll(/(?:^|\r\n)HTTP\/1\.1 (\d{3})/g)) {
      statuses[`${status}`] = (statuses[`${status}`] ?? 0) + 1
      if (isFailure(Number(status), text))
        report(`${status} for ${describe(about)}: ${text.slice(-300)}`)
    }
    judge(about, 0, text)
  }

  const pipelines: (Pipeline<About> | undefined)[] = Array.from({length: CONNECTIONS})
  const pipelineAt = (index: number): Pipeline<About> => {
    const open = pipelines[index]
    if (open?.isOpen) return open
    return (pipelines[index] = openPipeline<About>(lake.port, onAnswer, (unanswered) => {
      cut += unanswered.length
    }))
  }

  let number = options.from
  let sent = 0
  const started = performance.now()
  const seconds = setInterval(() => {
    void secrets.touch().catch(() => undefined)
    for (const pipeline of pipelines) {
      const oldest = pipeline?.isOpen ? pipeline.oldest() : undefined
      if (oldest === undefined || oldest.waited < patience) continue
      report(`no answer after ${patience / 1000} s to ${describe(oldest.about)}`)
      pipeline?.close()
    }
  }, 2000)
  try {
    while (lake.isRunning && options.goesOn(performance.now() - started, sent)) {
      let isFull = true
      for (let index = 0; index < CONNECTIONS; index += 1) {
        const pipeline = pipelineAt(index)
        while (pipeline.isOpen && pipeline.waiting < AT_ONCE) {
          isFull = false
          const about = {number, request: hostileRequest(randomFrom(Math.imul(seed, 31) + number))}
          number += 1
          if (about.request.manner === 'framed') {
            pipeline.send(bytesOf(about.request, secrets), about, about.request.method === 'HEAD')
            sent += 1
          } else if (rudeNow < RUDE_AT_ONCE) {
            sent += 1
            void sendAlone(about)
          }
        }
      }
      await (isFull ? wait(1) : new Promise(setImmediate))
    }
    // What is still on its way may take its time, but not for ever.
    const deadline = performance.now() + patience
    const isBusy = (): boolean =>
      rudeNow > 0 || pipelines.some((each) => each?.isOpen && each.waiting > 0)
    while (isBusy() && lake.isRunning) {
      if (performance.now() > deadline) {
        for (const pipeline of pipelines) {
          const oldest = pipeline?.isOpen ? pipeline.oldest() : undefined
          if (oldest !== undefined)
            report(`no answer after ${patience / 1000} s to ${describe(oldest.about)}`)
        }
        break
      }
      await wait(20)
    }
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
    requests: sent,
    answered,
    cut,
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
