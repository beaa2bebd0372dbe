import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {z} from 'zod'

import {type Program, runProgram, startProgram} from './process.ts'

/** What a client saw of a server. */
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
  /** Asked for in turn. */
  readonly paths: readonly string[]
  readonly connections: number
  readonly milliseconds: number
  /** False asks for each path once at most, and ends when all are answered. True unless given. */
  readonly repeats?: boolean
  readonly token?: string
}

let files = 0

/** Loads a server from a process of its own. */
export const load = async (folder: string, options: LoadOptions): Promise<Load> =>
  loadSchema.parse(await runProgram('loadClient.ts', ...clientOptions(folder, options)))

/** As `load`, while something else goes on. */
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

/** @param server Path of another version's `lakeServer.ts`. */
export const startLakeServer = async (
  dataDir: string,
  server = 'lakeServer.ts',
): Promise<LakeServer> => {
  const program = startProgram(server, dataDir)
  const {url, token} = lakeSchema.parse(await program.next())
  return {url, token, port: Number(new URL(url).port), pid: program.pid, stop: program.stop}
}

const rawSchema = z.object({port: z.number()})

/** `node:http` that answers everything with these bytes. */
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

/** Milliseconds of processor time that a process has used so far, all its threads together. */
export const processorTime = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may hold spaces; what follows it begins with the third field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_A_TICK
}

/** Of Linux, on every common machine. */
const MILLISECONDS_A_TICK = 10

/** The path of a query, as `@sanity/client` writes it. */
export const queryPath = (query: string, params: object): string => {
  const search = new URLSearchParams({query})
  for (const [name, value] of Object.entries(params)) search.set(`$${name}`, JSON.stringify(value))
  search.set('returnQuery', 'false')
  search.set('perspective', 'published')
  return `/v2025-02-19/data/query/production?${search}`
}
