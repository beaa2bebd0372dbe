import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {z} from 'zod'

import {type Program, runProgram, startProgram} from './process.ts'

/** The measurements of a client. */
const loadSchema = z.object({
  requests: z.number(),
  failures: z.number(),
  perSecond: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
})
export type Load = z.infer<typeof loadSchema>

export interface LoadOptions {
  readonly port: number
  /** Requested in turn. */
  readonly paths: readonly string[]
  readonly connections: number
  readonly milliseconds: number
  /** False requests each path at most once and ends when all are answered. Default true. */
  readonly repeats?: boolean
  readonly token?: string
}

let files = 0

/** Puts load on a server from a separate process. */
export const load = async (folder: string, options: LoadOptions): Promise<Load> =>
  loadSchema.parse(await runProgram('loadClient.ts', ...clientOptions(folder, options)))

/** Like `load`, but returns at once. */
export const startLoad = (folder: string, options: LoadOptions): Program =>
  startProgram('loadClient.ts', ...clientOptions(folder, options))

export const loadOf = (value: unknown): Load => loadSchema.parse(value)

const clientOptions = (
  folder: string,
  {port, paths, connections, milliseconds, repeats = true, token = ''}: LoadOptions,
): string[] => {
  files += 1
  const file = join(folder, `paths-${files}.json`)
  writeFileSync(file, JSON.stringify(paths))
  return [String(port), String(connections), String(milliseconds), file, String(repeats), token]
}

const lakeSchema = z.object({url: z.string(), token: z.string()})

export interface LakeServer {
  readonly port: number
  readonly pid: number
  readonly url: string
  readonly token: string
  stop(): Promise<void>
}

/**
 * @param server Path of another version's `lakeServer.ts`.
 * @param without Optimisations to switch off; see `lakeServer.ts`.
 */
export const startLakeServer = async (
  dataDir: string,
  server = 'lakeServer.ts',
  without = '',
): Promise<LakeServer> => {
  const program = startProgram(server, dataDir, without)
  const {url, token} = lakeSchema.parse(await program.next())
  return {url, token, port: Number(new URL(url).port), pid: program.pid, stop: program.stop}
}

const rawSchema = z.object({port: z.number()})

/** A plain `node:http` server that answers every request with these bytes. */
export const startRawServer = async (
  folder: string,
  body: Uint8Array,
): Promise<{readonly port: number; readonly pid: number; stop(): Promise<void>}> => {
  const file = join(folder, 'raw-body')
  writeFileSync(file, body)
  const program = startProgram('rawServer.ts', file)
  const {port} = rawSchema.parse(await program.next())
  return {port, pid: program.pid, stop: program.stop}
}

/** Milliseconds of processor time that a process has used so far, all threads together. */
export const processorTime = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may contain spaces; the third field follows it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_A_TICK
}

/** The value on Linux on all common machines. */
const MILLISECONDS_A_TICK = 10

/** The path of a query in the form that `@sanity/client` uses. */
export const queryPath = (query: string, params: object): string => {
  const search = new URLSearchParams({query})
  for (const [name, value] of Object.entries(params)) search.set(`$${name}`, JSON.stringify(value))
  search.set('returnQuery', 'false')
  search.set('perspective', 'published')
  return `/v2025-02-19/data/query/production?${search}`
}
