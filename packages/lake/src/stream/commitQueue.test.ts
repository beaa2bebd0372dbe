import {describe, expect, it} from 'vitest'

import type {Commit} from '../core/commit.ts'
import {createCommitStream} from './commitStream.ts'

const commitOf = (sequence: number): Commit => ({
  dataset: 'production',
  transactionId: `t${sequence}`,
  timestamp: '2026-01-01T00:00:00Z',
  author: 'me',
  sequence,
  changes: [],
})

/** Keeps the thread: what a filter does that takes long. */
const work = (milliseconds: number): void => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

const untilQuiet = async (count: () => number, expected: number): Promise<void> => {
  while (count() < expected) await new Promise(setImmediate)
}

describe('listeners of a commit', () => {
  it('are notified in order, some of them after the response to the writer', async () => {
    const commits = createCommitStream()
    const told: string[] = []
    for (let listener = 0; listener < 6; listener += 1) {
      commits.subscribe({
        mayWait: true,
        onCommit: ({sequence}) => {
          work(4)
          told.push(`${listener}:${sequence}`)
        },
      })
    }
    const schedule: number[] = []
    commits.subscribe({onCommit: ({sequence}) => schedule.push(sequence)})
    commits.publish(commitOf(1))
    const before = told.length
    commits.publish(commitOf(2))
    expect(before).toBeLessThan(6)
    // What must not wait does not.
    expect(schedule).toEqual([1, 2])
    const late: number[] = []
    commits.subscribe({mayWait: true, onCommit: ({sequence}) => late.push(sequence)})
    let turns = 0
    const count = setInterval(() => (turns += 1), 0)
    await untilQuiet(() => told.length, 12)
    clearInterval(count)
    expect(turns).toBeGreaterThan(0)
    for (let listener = 0; listener < 6; listener += 1) {
      expect(told.filter((one) => one.startsWith(`${listener}:`))).toEqual([
        `${listener}:1`,
        `${listener}:2`,
      ])
    }
    // Who came after a commit has not missed it.
    expect(late).toEqual([])
  })

  it('hear what another thread made after what they still wait for', async () => {
    const commits = createCommitStream()
    const told: string[] = []
    for (const name of ['a', 'b', 'c', 'd']) {
      commits.subscribe({
        mayWait: true,
        onCommit: () => {
          work(6)
          told.push(`${name} first`)
        },
        remote: {
          subscription: {kind: 'live', scope: 'everything'},
          notify: () => told.push(`${name} second`),
        },
      })
    }
    commits.publish(commitOf(1))
    await commits.publishFrom(async function* () {
      yield [{subscription: 0, events: new Uint8Array()}]
    })
    const names = ['a', 'b', 'c', 'd']
    expect(told).toEqual([
      ...names.map((name) => `${name} first`),
      ...names.map((name) => `${name} second`),
    ])
  })

  it('are lost when more commits wait than they will ever hear', async () => {
    const commits = createCommitStream()
    let lost = 0
    let told = 0
    const atOnce: string[] = []
    commits.subscribe({
      onCommit: ({transactionId}) => atOnce.push(transactionId),
      onLoss: () => atOnce.push('lost'),
    })
    const end = commits.subscribe({
      mayWait: true,
      onCommit: () => {
        work(told < 3 ? 12 : 0)
        told += 1
      },
      onLoss: () => (lost += 1),
    })
    for (let sequence = 1; sequence <= 600; sequence += 1) commits.publish(commitOf(sequence))
    expect(lost).toBe(1)
    expect(told).toBeLessThan(600)
    // Listeners notified at once have missed nothing.
    expect(atOnce).toHaveLength(600)
    expect(atOnce).not.toContain('lost')
    end()
  })
})
