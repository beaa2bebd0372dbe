/**
 * How fast pages are: a kept page against a plain server with the same bytes, in turns, and a page that
 * the site makes.
 */
import {writeFileSync} from 'node:fs'
import {Agent, get} from 'node:http'
import {join} from 'node:path'

import {z} from 'zod'

import type {Figure} from '../figure.ts'
import {load} from '../load.ts'
import {startProgram} from '../process.ts'
import {quantile} from '../timing.ts'
import {type Stand, STORIES} from './stand.ts'

const ROUNDS = 30
const REQUESTS_A_ROUND = 20
const LOAD_ROUNDS = 5
const LOAD_TIME = 1000
const CONNECTIONS = 16

const agent = new Agent({keepAlive: true, maxSockets: 1})

/** Milliseconds until the first byte of a response with status 200. */
const timeToFirstByte = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const from = performance.now()
    const asked = get(url, {agent}, (response) => {
      const taken = performance.now() - from
      response.resume()
      response.once('error', reject)
      response.once('end', () => {
        if (response.statusCode === 200) resolve(taken)
        else reject(new Error(`${url} answers ${response.statusCode}.`))
      })
    })
    asked.once('error', reject)
  })

const medianOf = async (url: string): Promise<number> => {
  const times: number[] = []
  for (let request = 0; request < REQUESTS_A_ROUND; request += 1) {
    times.push(await timeToFirstByte(url))
  }
  return quantile(times, 0.5)
}

const address = z.object({port: z.number()})

export const measureSpeed = async ({site, folder}: Stand, path: string): Promise<Figure[]> => {
  const file = join(folder, 'page.html')
  writeFileSync(file, await (await fetch(site + path)).text())
  const program = startProgram('rawServer.ts', file)
  const raw = `http://127.0.0.1:${address.parse(await program.next()).port}`

  const firstBytes: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    firstBytes.push((await medianOf(site + path)) / (await medianOf(raw + path)))
  }

  const throughputs: number[] = []
  for (let round = 0; round < LOAD_ROUNDS; round += 1) {
    const [ours, plain] = [await perSecond(folder, site, path), await perSecond(folder, raw, path)]
    throughputs.push(ours / plain)
  }
  await program.stop()

  const fresh: number[] = []
  for (let number = 0; number < STORIES; number += 1) {
    fresh.push(await timeToFirstByte(`${site}/news/n-${number}`))
  }
  return [
    {
      name: 'kept page against plain `node:http`, same bytes: time to first byte',
      value: quantile(firstBytes, 0.5),
      unit: '×',
      target: {atMost: 2},
    },
    {
      name: 'the same: requests per second',
      value: quantile(throughputs, 0.5),
      unit: '×',
      target: {atLeast: 0.5},
    },
    {
      name: `story that was not asked for before, median of ${STORIES}`,
      value: quantile(fresh, 0.5),
      unit: 'ms',
      target: {atMost: 5},
    },
  ]
}

const perSecond = async (folder: string, url: string, path: string): Promise<number> => {
  const port = Number(new URL(url).port)
  const options = {port, paths: [path], connections: CONNECTIONS, milliseconds: LOAD_TIME}
  const {perSecond: found, failures} = await load(folder, options)
  if (failures > 0) throw new Error(`${failures} requests of ${url}${path} failed.`)
  return found
}
