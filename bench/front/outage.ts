/** What readers notice of a lake that is killed again and again. */
import {setTimeout as pause} from 'node:timers/promises'

import type {Figure} from '../figure.ts'
import {createRandom} from '../random.ts'
import type {Stand} from './stand.ts'

const REQUESTS_PER_SECOND = 50
/** How many pages readers know, all kept by the site before the first kill. */
const KNOWN = 20
/** Milliseconds after the lake's return. */
const FRESH_AGAIN = 2000

/** @param minutes how long to go on */
export const measureOutages = async (stand: Stand, minutes: number): Promise<Figure[]> => {
  const {client, site, crashLake} = stand
  const known = Array.from({length: KNOWN}, (_, number) => `${site}/news/n-${number}`)
  for (const url of known) await (await fetch(url)).arrayBuffer()

  const end = performance.now() + minutes * 60_000
  const counts = {requests: 0, broken: 0, kills: 0, stale: 0}
  const readOne = async (url: string): Promise<void> => {
    const response = await fetch(url)
    await response.arrayBuffer()
    counts.requests += 1
    if (response.status >= 500) counts.broken += 1
  }
  const read = async (): Promise<void> => {
    const waiting = new Set<Promise<void>>()
    for (let number = 0; performance.now() < end; number += 1) {
      const asked = readOne(known[number % KNOWN] ?? '')
      waiting.add(asked)
      void asked.finally(() => waiting.delete(asked))
      await pause(1000 / REQUESTS_PER_SECOND)
    }
    await Promise.all(waiting)
  }

  const random = createRandom(11)
  const kill = async (): Promise<void> => {
    while (performance.now() < end) {
      await pause(random.below(5000))
      const headline = `After ${counts.kills} kills`
      // Written, and then killed before the site can ask for it.
      await client.patch('article-n-2').set({headline}).commit()
      await crashLake(() => pause(random.below(3000)))
      counts.kills += 1
      await pause(FRESH_AGAIN)
      const page = await (await fetch(`${site}/news/n-2`)).text()
      if (!page.includes(`${headline}<`)) counts.stale += 1
    }
  }
  await Promise.all([read(), kill()])
  const asked = `${counts.requests} requests, ${counts.kills} kills`
  return [
    {
      name: 'lake killed at random: answers 5xx for known pages',
      value: counts.broken,
      unit: '',
      target: {atMost: 0},
      note: asked,
    },
    {
      name: `the same: pages that are old ${FRESH_AGAIN / 1000} s after its return`,
      value: counts.stale,
      unit: '',
      target: {atMost: 0},
    },
  ]
}
