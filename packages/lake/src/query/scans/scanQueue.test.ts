import {describe, expect, it} from 'vitest'

import {createScanQueue} from './scanQueue.ts'

const all = (queue: {next(): string | undefined}): string[] => {
  const names: string[] = []
  for (let next = queue.next(); next !== undefined; next = queue.next()) names.push(next)
  return names
}

describe('the queue for a scan thread', () => {
  it('keeps the order of queries that take equally long', () => {
    const queue = createScanQueue<string>(() => 0)
    for (const name of ['a', 'b', 'c']) queue.add(name, 100)
    expect(queue.size).toBe(3)
    expect(all(queue)).toEqual(['a', 'b', 'c'])
    expect(queue.size).toBe(0)
  })

  it('lets a short query pass long ones', () => {
    const queue = createScanQueue<string>(() => 0)
    queue.add('scan', 5000)
    queue.add('search', 100)
    queue.add('another scan', 5000)
    queue.add('never asked before', 0)
    expect(all(queue)).toEqual(['never asked before', 'search', 'scan', 'another scan'])
  })

  it('does not let short queries pass for ever', () => {
    let time = 0
    const queue = createScanQueue<string>(() => time)
    queue.add('scan', 1000)
    const done: (string | undefined)[] = []
    for (; time <= 6000; time += 100) {
      queue.add(`search at ${time}`, 100)
      done.push(queue.next())
    }
    expect(done.indexOf('scan')).toBe(36) // At 3600: 4 * 1000 is no more than 3600 + 4 * 100.
  })
})
