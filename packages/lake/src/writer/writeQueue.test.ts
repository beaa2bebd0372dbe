import {describe, expect, it} from 'vitest'

import {createWriteQueue} from './writeQueue.ts'

/** Timers that the test ends. */
const timers = new Set<() => void>()
const timeIsUp = (): void => {
  for (const callback of timers) callback()
  timers.clear()
}

/** The names of shared work, as it was done turn by turn. */
const turns: string[][] = []

const newQueue = () => {
  timers.clear()
  turns.length = 0
  return createWriteQueue<string>(
    {
      closed: () => new Error('closed'),
      gone: () => new Error('gone'),
      late: () => new Error('late'),
      full: () => new Error('full'),
    },
    {
      patience: 1000,
      mostBytes: 100,
      setTimer: (callback) => {
        timers.add(callback)
        return () => timers.delete(callback)
      },
      runTogether(next, isAlone) {
        const names: string[] = []
        for (let name = next(); name !== undefined; name = next()) names.push(name)
        expect(isAlone).toBe(names.length === 1)
        turns.push(names)
      },
    },
  )
}

const clientWith = (bytes: number) => ({signal: new AbortController().signal, bytes})

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

describe('the write queue', () => {
  it('runs work at once without a promise while nothing is running', () => {
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

  it('keeps the order, and waits for work and what it keeps', async () => {
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

  it('lets other events run between two waiting writes', async () => {
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
    // Arrives just after the last one was done: runs in its turn, not at once.
    await queue.pass(() => void order.push('c'))
    expect(order).toEqual(['a', 'beside a', 'b', 'beside b', 'c'])
  })

  it('continues after work that fails', async () => {
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

  it('drops work whose client has gone, and notifies running work that others wait', async () => {
    const queue = newQueue()
    const work = Promise.withResolvers<void>()
    const client = new AbortController()
    let told = 0
    queue.onWaiting = () => (told += 1)
    void queue.pass(() => work.promise)
    const dropped = queue.pass(() => 'done', {signal: client.signal, bytes: 1})
    const next = queue.pass(() => 'done')
    client.abort()
    work.resolve()
    await expect(dropped).rejects.toThrow('gone')
    expect(await next).toBe('done')
    expect(told).toBe(2)
  })

  it('drops work that has waited too long, and never starts it', async () => {
    const queue = newQueue()
    const work = Promise.withResolvers<string>()
    const begun: string[] = []
    const first = queue.pass(() => work.promise, clientWith(1))
    const late = queue.pass(() => void begun.push('late'), clientWith(1))
    const own = queue.pass(() => void begun.push('own'))
    timeIsUp()
    await expect(late).rejects.toThrow('late')
    expect(queue.waiting).toBe(1)
    const next = queue.pass(() => void begun.push('next'), clientWith(1))
    work.resolve('done')
    // Running work continues however long others wait; work without a client is never too late.
    expect(await first).toBe('done')
    await Promise.all([own, next])
    expect(begun).toEqual(['own', 'next'])
    expect(timers.size).toBe(0)
  })

  it('lets what arrives in one turn of the event loop share a turn, in the order of arrival', async () => {
    const queue = newQueue()
    const order: string[] = []
    const share = (name: string, client = clientWith(1)) =>
      queue.share(name, client, ({message}) => void order.push(`${name} ${message}`))
    share('a')
    expect(queue.isBusy).toBe(true)
    share('b')
    const left = new AbortController()
    share('left', {signal: left.signal, bytes: 1})
    share('c')
    const own = queue.pass(() => void order.push('own'))
    share('d')
    left.abort()
    await own
    share('e')
    await turn()
    await turn()
    expect(turns).toEqual([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ])
    share('f')
    await turn()
    expect(turns).toHaveLength(3)
    expect(order).toEqual(['left gone', 'own'])
    share('late')
    timeIsUp()
    share('never')
    await queue.close()
    expect(order.slice(2)).toEqual(['late late', 'never closed'])
    expect(timers.size).toBe(0)
    await turn()
    expect(turns).toHaveLength(3)
  })

  it('limits the bytes that wait, but lets one request of any size wait', async () => {
    const queue = newQueue()
    const work = Promise.withResolvers<void>()
    const first = queue.pass(() => work.promise, clientWith(500))
    const large = queue.pass(() => 'large', clientWith(500))
    await expect(queue.pass(() => 'never', clientWith(1))).rejects.toThrow('full')
    timeIsUp()
    await expect(large).rejects.toThrow('late')
    const waiting = [60, 40].map((bytes) => queue.pass(() => bytes, clientWith(bytes)))
    await expect(queue.pass(() => 'never', clientWith(1))).rejects.toThrow('full')
    work.resolve()
    await first
    expect(await Promise.all(waiting)).toEqual([60, 40])
    const again = Promise.withResolvers<void>()
    await turn()
    void queue.pass(() => again.promise)
    const later = queue.pass(() => 'later', clientWith(100))
    again.resolve()
    expect(await later).toBe('later')
  })

  it('closes when running work is done, and drops the rest', async () => {
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
