import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {afterEach, beforeEach, describe, expect, it} from 'vitest'

import {openDerivedImages} from './derivedImages.ts'

let folder: string
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lake-derived-')), 'images')
})
afterEach(() => rm(join(folder, '..'), {recursive: true, force: true}))

/** A renderer that counts, of `size` bytes. */
const counting = (size = 100) => {
  const made: string[] = []
  return {
    made,
    render: (key: string) => async () => {
      made.push(key)
      return Buffer.alloc(size, key)
    },
  }
}

/** Of somebody who waits for the answer. */
const stays = new AbortController().signal

const failing = () => Promise.reject(new Error('no memory'))

describe('openDerivedImages', () => {
  it('makes each image once, also across restarts', async () => {
    const {made, render} = counting()
    const first = openDerivedImages(folder, 1000)
    expect(await first.get('a', render('a'), stays)).toEqual(Buffer.alloc(100, 'a'))
    expect(await first.get('a', render('a'), stays)).toEqual(Buffer.alloc(100, 'a'))
    const second = openDerivedImages(folder, 1000)
    expect(await second.get('a', render('a'), stays)).toEqual(Buffer.alloc(100, 'a'))
    expect(made).toEqual(['a'])
  })

  it('makes an image once for all who ask at the same time', async () => {
    const {made, render} = counting()
    const derived = openDerivedImages(folder, 1000)
    const all = await Promise.all(
      Array.from({length: 20}, () => derived.get('a', render('a'), stays)),
    )
    expect(made).toEqual(['a'])
    expect(new Set(all).size).toBe(1)
  })

  it('tells all who ask of an error, and tries again for the next', async () => {
    const {render} = counting()
    const derived = openDerivedImages(folder, 1000)
    const both = await Promise.allSettled([
      derived.get('a', failing, stays),
      derived.get('a', failing, stays),
    ])
    expect(both.map(({status}) => status)).toEqual(['rejected', 'rejected'])
    expect(await derived.get('a', render('a'), stays)).toHaveLength(100)
  })

  it('drops what was not used for longest', async () => {
    const {made, render} = counting()
    const derived = openDerivedImages(folder, 350)
    for (const key of ['a', 'b', 'c', 'a', 'd']) await derived.get(key, render(key), stays)
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'c', 'd'])
    await derived.get('b', render('b'), stays)
    expect(made).toEqual(['a', 'b', 'c', 'd', 'b'])
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'b', 'd'])
  })

  it('remembers the last use across restarts, and keeps to a smaller bound', async () => {
    const {render} = counting()
    const first = openDerivedImages(folder, 1000)
    for (const key of ['a', 'b', 'c']) {
      await first.get(key, render(key), stays)
      // File systems keep times in milliseconds or better.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await first.get('a', render('a'), stays)
    const second = openDerivedImages(folder, 250)
    await second.get('d', render('d'), stays)
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'd'])
  })

  it('does not keep what is larger than everything', async () => {
    const {render} = counting(2000)
    const derived = openDerivedImages(folder, 1000)
    expect(await derived.get('a', render('a'), stays)).toHaveLength(2000)
    expect(await readdir(folder)).toEqual([])
  })

  it('clears away what a crash left half written', async () => {
    const {render} = counting()
    const first = openDerivedImages(folder, 1000)
    await first.get('a', render('a'), stays)
    await writeFile(join(folder, 'torn.part'), 'half')
    await openDerivedImages(folder, 1000).get('a', render('a'), stays)
    expect(await readdir(folder)).toEqual(['a'])
  })

  it('goes on when the folder is deleted under it', async () => {
    const {made, render} = counting()
    const derived = openDerivedImages(folder, 250)
    await derived.get('a', render('a'), stays)
    await derived.get('b', render('b'), stays)
    await rm(folder, {recursive: true})
    for (const key of ['a', 'b'])
      expect(await derived.get(key, render(key), stays)).toHaveLength(100)
    expect(made).toEqual(['a', 'b', 'a', 'b'])
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'b'])
  })

  it('stops when the last caller has gone, and starts again for the next', async () => {
    const derived = openDerivedImages(folder, 1000)
    const signals: AbortSignal[] = []
    const endless = (signal: AbortSignal): Promise<Uint8Array> => {
      signals.push(signal)
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('given up')))
      })
    }
    const [one, other] = [new AbortController(), new AbortController()]
    const both = Promise.allSettled(
      [one, other].map(({signal}) => derived.get('a', endless, signal)),
    )
    await expect.poll(() => signals.length).toBe(1)
    one.abort()
    expect(signals[0]?.aborted).toBe(false)
    other.abort()
    expect(signals[0]?.aborted).toBe(true)
    const {render} = counting()
    expect(await derived.get('a', render('a'), stays)).toHaveLength(100)
    expect((await both).map(({status}) => status)).toEqual(['rejected', 'rejected'])
  })
})
