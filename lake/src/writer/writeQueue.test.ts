import {describe, expect, it} from 'vitest'

import {createWriteQueue} from './writeQueue.ts'

const newQueue = () =>
  createWriteQueue({closed: () => new Error('closed'), gone: () => new Error('gone')})

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

describe('the queue of those who write', () => {
  it('does at once what comes while nobody writes, without a promise', () => {
    const queue = newQueue()
    expect(queue.pass(() => 1)).toBe(1)
    expect(() =>
      queue.pass(() => {
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect(queue.isBusy).toBe(false)
    expect(queue.pass(() => 2)).toBe(2)
  })

  it('keeps the order, and lets one go on until it is done, and what it keeps', async () => {
    const queue = newQueue()
    const order: string[] = []
    const work = Promise.withResolvers<string>()
    const kept = Promise.withResolvers<string>()
    const first = queue.pass((keep) => {
      keep(kept.promise)
      return work.promise
    })
    const rest = ['b', 'c', 'd'].map((name) => queue.pass(() => void order.push(name)))
    expect(queue.waiting).toBe(3)
    work.resolve('a')
    expect(await first).toBe('a')
    await turn()
    expect(order).toEqual([])
    kept.reject(new Error('whatever'))
    await Promise.all(rest)
    expect(order).toEqual(['b', 'c', 'd'])
    await turn()
    expect(queue.isBusy).toBe(false)
  })

  it('lets others than writers work between two that have waited', async () => {
    const queue = newQueue()
    const order: string[] = []
    const work = Promise.withResolvers<void>()
    void queue.pass(() => work.promise)
    const waited = ['a', 'b'].map((name) =>
      queue.pass(() => {
        order.push(name)
        setImmediate(() => order.push(`beside ${name}`))
      }),
    )
    work.resolve()
    await Promise.all(waited)
    // Comes while the last one has just been done: not before its turn, and not at once.
    await queue.pass(() => void order.push('c'))
    expect(order).toEqual(['a', 'beside a', 'b', 'beside b', 'c'])
  })

  it('goes on after what fails', async () => {
    const queue = newQueue()
    const first = queue.pass(() => Promise.reject(new Error('failed')))
    const second = queue.pass(() => {
      throw new Error('refused')
    })
    const third = queue.pass(() => 3)
    await expect(first).rejects.toThrow('failed')
    await expect(second).rejects.toThrow('refused')
    expect(await third).toBe(3)
  })

  it('drops what nobody waits for any more, and tells who has the turn that others wait', async () => {
    const queue = newQueue()
    const work = Promise.withResolvers<void>()
    const client = new AbortController()
    let told = 0
    queue.onWaiting = () => (told += 1)
    void queue.pass(() => work.promise)
    const dropped = queue.pass(() => 'done', client)
    const next = queue.pass(() => 'done')
    client.abort()
    work.resolve()
    await expect(dropped).rejects.toThrow('gone')
    expect(await next).toBe('done')
    expect(told).toBe(2)
  })

  it('closes when what has begun is done, and refuses the rest', async () => {
    const queue = newQueue()
    const work = Promise.withResolvers<string>()
    const begun = queue.pass(() => work.promise)
    const waiting = queue.pass(() => 'never')
    let isClosed = false
    const closing = queue.close().then(() => (isClosed = true))
    await expect(waiting).rejects.toThrow('closed')
    expect(() => queue.pass(() => 'never')).toThrow('closed')
    await turn()
    expect(isClosed).toBe(false)
    work.resolve('done')
    expect(await begun).toBe('done')
    await closing
    expect(isClosed).toBe(true)
  })
})
