/** The README's questions about hosted Sanity: what each command prints on a lake is true. */
import {execFile} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {afterAll, beforeAll, expect, test} from 'vitest'

import {createLake} from '../open/createLake.ts'
import {type RunningServer, startServer} from '../server/startServer.ts'

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
const questions = [...readme.matchAll(/^- (.+\?) `(curl .+)` prints `(.+)` here/gm)]

const lake = createLake({datasets: ['production', {name: 'closed', aclMode: 'private'}]})
let server: RunningServer
beforeAll(async () => {
  server = await startServer({lake, port: 0})
})
afterAll(async () => {
  await server.close()
  await lake.close()
})

const printedBy = (command: string): Promise<string> =>
  new Promise((done) => {
    const env = {
      ...process.env,
      API: `${server.url}/v2025-02-19`,
      DATASET: 'production',
      PRIVATE: 'closed',
      AUTH: `Authorization: Bearer ${lake.token}`,
    }
    execFile('sh', ['-c', command], {env}, (_, stdout) => done(stdout.trim()))
  })

test('there are questions', () => {
  expect(questions.length).toBeGreaterThan(5)
})

test.each(
  questions.map(([, question = '', command = '', answer = '']) => [question, command, answer]),
)('%s', async (_, command, answer) => {
  expect(await printedBy(command)).toBe(answer)
})
