import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout} from 'node:timers/promises'

import type {SanityClient} from '@sanity/client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'

import {readLocalFile} from '../access/localFile.ts'
import {clientOf} from '../http/testClient.ts'

/** Releases that come due while processes are killed: published all the same, each exactly once. */
const LAKE = join(import.meta.dirname, 'lake.ts')

let folder: string
let running: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lake-scheduled-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map(kill))
  rmSync(folder, {recursive: true})
})

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

interface Started {
  readonly child: ChildProcess
  /** Null when it ended by itself. */
  readonly url: string | null
}

const start = (): Promise<Started> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [LAKE, 'start', '--port', '0', '--data', folder])
    running.push(child)
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const url = /^ready (\S+)$/m.exec(out)?.[1]
      if (url !== undefined) resolve({child, url})
    })
    child.once('exit', () => resolve({child, url: null}))
  })

const clientTo = ({url}: Started): SanityClient => {
  const token = readLocalFile(folder)?.token ?? ''
  return clientOf({projectId: 'copydesk', token}, url ?? '', {perspective: 'raw'})
}

const action = (client: SanityClient, ...actions: object[]): Promise<unknown> =>
  client.request({
    method: 'POST',
    url: '/data/actions/production',
    body: {
      actions: actions.map((each) =>
        Object.fromEntries(
          Object.entries(each).map(([name, value]) =>
            name === 'actionType' ? [name, `sanity.action.${value}`] : [name, value],
          ),
        ),
      ),
    },
  })

const RELEASES = Array.from({length: 30}, (_, n) => `rNumber${String(n).padStart(2, '0')}`)
/** A scheduled draft is a release of one document, made of a draft. */
const DRAFT = 'rDraft001'

/** @returns The time at which all are due, in milliseconds since 1970. */
const scheduleAll = async (client: SanityClient): Promise<number> => {
  for (const releaseId of RELEASES) {
    await action(client, {
      actionType: 'release.create',
      releaseId,
      metadata: {releaseType: 'scheduled'},
    })
    await client.create({_id: `versions.${releaseId}.${releaseId}`, _type: 'note'})
  }
  await client.create({_id: 'drafts.drafted', _type: 'note', text: 'for later'})
  await action(client, {
    actionType: 'release.create',
    releaseId: DRAFT,
    metadata: {releaseType: 'scheduled', cardinality: 'one'},
  })
  await action(client, {
    actionType: 'document.version.create',
    publishedId: 'drafted',
    baseId: 'drafts.drafted',
    versionId: `versions.${DRAFT}.drafted`,
  })
  const due = Date.now() + 1500
  const publishAt = new Date(due).toISOString()
  const schedules = [...RELEASES, DRAFT].map((releaseId) => ({
    actionType: 'release.schedule',
    releaseId,
    publishAt,
  }))
  await action(client, ...schedules)
  return due
}

/**
 * Resolves when a starting lake has written something: it first publishes what is due, one
 * transaction for each release.
 */
const firstWrite = async (): Promise<void> => {
  const log = join(folder, 'datasets', 'production', 'documents.sqlite-wal')
  const size = (): number => statSync(log, {throwIfNoEntry: false})?.size ?? 0
  const before = size()
  for (let waited = 0; waited < 3000 && size() === before; waited += 2) await setTimeout(2)
}

/** How many transactions made each document. */
const publications = async (client: SanityClient): Promise<Record<string, number>> => {
  const ids = [...RELEASES, 'drafted']
  const text: string = await client.request({
    url: `/data/history/production/transactions/${ids.join(',')}?excludeContent=true`,
  })
  const counts: Record<string, number> = Object.fromEntries(ids.map((id) => [id, 0]))
  for (const line of text.split('\n').filter(Boolean)) {
    const {documentIDs}: {documentIDs: string[]} = JSON.parse(line)
    for (const id of documentIDs) if (id in counts) counts[id] = (counts[id] ?? 0) + 1
  }
  return counts
}

const states = (client: SanityClient): Promise<string[]> =>
  client.fetch('array::unique(*[_type == "system.release"].state)')

const expectAllPublishedOnce = async (client: SanityClient): Promise<void> => {
  await expect.poll(() => states(client), {timeout: 30_000}).toEqual(['published'])
  expect(Object.values(await publications(client))).toEqual([...RELEASES, 'drafted'].map(() => 1))
  expect(await client.fetch('count(*[_id in path("versions.**")])')).toBe(0)
  expect(await client.fetch('*[_id == "drafted"][0].text')).toBe('for later')
}

describe('scheduled releases and drafts', () => {
  test('are published at their time by a lake that runs', async () => {
    const client = clientTo(await start())
    await scheduleAll(client)
    await expectAllPublishedOnce(client)
    const early = '*[_type == "system.release" && dateTime(publishedAt) < dateTime(publishAt)]._id'
    expect(await client.fetch(early)).toEqual([])
  }, 60_000)

  test('are published once when the lake was killed before their time, and several start', async () => {
    const first = await start()
    const due = await scheduleAll(clientTo(first))
    await kill(first.child)
    await setTimeout(Math.max(0, due - Date.now()))
    const others = await Promise.all([start(), start(), start()])
    const serving = others.filter(({url}) => url !== null)
    // The folder is one process's at a time.
    expect(serving).toHaveLength(1)
    for (const started of serving) await expectAllPublishedOnce(clientTo(started))
  }, 60_000)

  test('are published once when the lake is killed again and again while it publishes', async () => {
    const first = await start()
    const due = await scheduleAll(clientTo(first))
    await kill(first.child)
    await setTimeout(Math.max(0, due - Date.now()))
    for (let round = 0; round < 4; round++) {
      const started = start()
      await firstWrite()
      await Promise.all(running.map(kill))
      expect((await started).child.signalCode).toBe('SIGKILL')
    }
    await expectAllPublishedOnce(clientTo(await start()))
  }, 90_000)
})
