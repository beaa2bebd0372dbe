/** What the site adds to `npm start`: time, and packages. */
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

import type {Figure} from '../figure.ts'
import {quantile} from '../timing.ts'
import type {Stand} from './stand.ts'

const root = join(import.meta.dirname, '..', '..')
const ROUNDS = 5

/** The packages that only the site needs. */
const PACKAGES = ['hono', '@hono/node-server', '@sanity/visual-editing-standalone']

export const measureStart = async ({folder}: Stand): Promise<Figure[]> => {
  const data = join(folder, 'start')
  const options = ['--port', '0', '--no-studio', '--data', data]
  // The first start imports the story.
  await timeUntil(/^ready /, [...options, '--no-site'])
  const more: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const without = await timeUntil(/^ready /, [...options, '--no-site'])
    more.push((await timeUntil(/^Site /, options)) - without)
  }
  const {dependencies}: {dependencies: Record<string, string>} = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  return [
    {
      name: '`npm start` with the site takes longer by',
      value: quantile(more, 0.5),
      unit: 'ms',
      target: {atMost: 1000},
    },
    {
      name: 'packages that only the site needs',
      value: PACKAGES.filter((name) => name in dependencies).length,
      unit: '',
      target: {atMost: 3},
    },
  ]
}

/** Milliseconds until `npm start` prints such a line; then it is stopped. */
const timeUntil = async (line: RegExp, options: readonly string[]): Promise<number> => {
  const from = performance.now()
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let taken = Number.NaN
  for await (const printed of createInterface(child.stdout)) {
    if (!line.test(printed)) continue
    taken = performance.now() - from
    break
  }
  child.kill('SIGTERM')
  child.stdout.resume()
  await ended
  return taken
}
