/**
 * How a lake starts and ends on a data folder that it cannot write to: full, read-only, or with
 * something in the way. Where this user may mount, the disk is really full.
 */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {findRunningLake} from '../server/findRunningLake.ts'
import {mayMount} from '../store/mountSmallDisk.ts'

const LAKE = join(import.meta.dirname, 'lake.ts')

let folder: string
let data: string
let child: ChildProcess | undefined
let mounted: string | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-end-'))
  data = join(folder, 'data')
})
afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  if (mounted !== undefined) execFileSync('umount', [mounted])
  mounted = undefined
  rmSync(folder, {recursive: true})
})

interface Started {
  /** Null when it ended instead. */
  readonly url: string | null
  /** Resolves when the process has ended. */
  readonly ended: Promise<{readonly code: unknown; readonly out: string; readonly err: string}>
}

const start = async (): Promise<Started> => {
  const lake = spawn(process.execPath, [LAKE, 'start', '--port', '0', '--data', data])
  child = lake
  let out = ''
  let err = ''
  lake.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = once(lake, 'close').then(([code]) => ({code, out, err}))
  const url = await new Promise<string | null>((resolve) => {
    lake.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const ready = /^ready (\S+)$/m.exec(out)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    void ended.then(() => resolve(null))
  })
  return {url, ended}
}

const ask = async (path: string, body?: object): Promise<Response> => {
  const lake = await findRunningLake(data)
  return fetch(`${lake?.url}/v2025-02-19${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {authorization: `Bearer ${lake?.token}`},
    ...(body !== undefined && {body: JSON.stringify(body)}),
  })
}

const write = async (id: string): Promise<number> => {
  const mutations = [{create: {_id: id, _type: 'note'}}]
  return (await ask('/data/mutate/production', {mutations})).status
}

const ids = async (): Promise<unknown> => {
  const path = `/data/query/production?query=${encodeURIComponent('*[]._id')}`
  return Object(await (await ask(path)).json()).result
}

/** A way to make lake.json impossible to write that needs no rights, and how to undo it. */
const inTheWay = (): (() => void) => {
  const path = join(data, 'lake.json.new')
  mkdirSync(path)
  return () => rmdirSync(path)
}

describe('a lake that cannot write lake.json', () => {
  test('ends all the same, says what it could not do, and frees the folder', async () => {
    const first = await start()
    expect(await write('a')).toBe(200)
    const undo = inTheWay()
    child?.kill('SIGTERM')
    const {code, err} = await first.ended
    expect(code).toBe(1)
    expect(err).toMatch(
      /^lake: .*the server: taking the address out of lake.json: .*cannot be written/,
    )
    expect(err).not.toMatch(/^ {4}at /m)
    expect(await findRunningLake(data)).toBeNull()
    undo()
    await start()
    expect(await ids()).toEqual(['a'])
  }, 60_000)

  test('does not listen', async () => {
    const first = await start()
    child?.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    inTheWay()
    const second = await start()
    expect(second.url).toBeNull()
    const {code, err} = await second.ended
    expect(code).toBe(1)
    expect(err).toMatch(/^lake: .*lake.json cannot be written: .* Make room on the disk/)
    expect(err).not.toMatch(/^ {4}at /m)
  }, 60_000)
})

const fill = (path: string): void => {
  const file = openSync(path, 'w')
  const bytes = Buffer.alloc(4096)
  try {
    for (;;) writeSync(file, bytes)
  } catch {
    // It is full.
  } finally {
    closeSync(file)
  }
}

describe.skipIf(!mayMount())('on a disk of its own (needs the right to mount)', () => {
  beforeEach(() => {
    mkdirSync(data)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'tmpfs', data])
    mounted = data
  })

  test('that is full, it ends on SIGTERM, does not start, and has everything later', async () => {
    const first = await start()
    expect(await write('a')).toBe(200)
    fill(join(data, 'filler'))
    const acknowledged = ['a']
    for (let n = 0; n < 20; n += 1) {
      const status = await write(`n${n}`)
      expect([200, 507]).toContain(status)
      if (status === 200) acknowledged.push(`n${n}`)
    }
    child?.kill('SIGTERM')
    expect((await first.ended).code).not.toBeNull()
    // The lake has given back what its log took.
    fill(join(data, 'more'))
    const second = await start()
    expect(second.url).toBeNull()
    const {code, err} = await second.ended
    expect(code).toBe(1)
    expect(err).toMatch(/^lake: .*(space|full)/im)
    for (const name of ['filler', 'more']) rmSync(join(data, name))
    await start()
    expect(new Set(Object.values(Object(await ids())))).toEqual(new Set(acknowledged))
  }, 120_000)

  test('that was full or read-only before the first start, it does not start and says why', async () => {
    fill(join(data, 'filler'))
    const full = await start()
    expect(full.url).toBeNull()
    expect((await full.ended).err).toMatch(/^lake: .*disk is full.*Free some space/)
    rmSync(join(data, 'filler'))
    execFileSync('mount', ['-o', 'remount,ro', data])
    const readOnly = await start()
    expect(readOnly.url).toBeNull()
    const {code, err} = await readOnly.ended
    expect(code).toBe(1)
    expect(err).toMatch(/^lake: .*read-only/)
    expect(err).not.toMatch(/^ {4}at /m)
    execFileSync('mount', ['-o', 'remount,rw', data])
  }, 120_000)

  test('that cannot be written, it does not start', async () => {
    const first = await start()
    expect(await write('a')).toBe(200)
    child?.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
    execFileSync('mount', ['-o', 'remount,ro', data])
    const second = await start()
    expect(second.url).toBeNull()
    const {code, err} = await second.ended
    expect(code).toBe(1)
    expect(err).toMatch(/^lake: .*lake.json cannot be written: .*read-only/m)
    execFileSync('mount', ['-o', 'remount,rw', data])
    await start()
    expect(await ids()).toEqual(['a'])
  }, 120_000)
})
