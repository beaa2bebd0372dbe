import {enableCompileCache} from 'node:module'
import {monitorEventLoopDelay, PerformanceObserver} from 'node:perf_hooks'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

/**
 * A lake that measures its own event loop: `node stallServer.ts FOLDER`. On SIGUSR2 it prints the
 * longest blocked stretch since the last signal, in milliseconds: by the clock, and by the
 * processor time of the serving thread, which other work on the machine does not lengthen; and the
 * longest garbage collection.
 */
keepMemoryLow()
enableCompileCache()
const {createLake, startServer} = await import('@copydesk/lake')

const RESOLUTION = 2
const [dataDir = ''] = process.argv.slice(2)
const lake = createLake({dataDir})
const server = await startServer({lake, port: 0, host: '127.0.0.1'})
const delay = monitorEventLoopDelay({resolution: RESOLUTION})
delay.enable()
let collection = 0
new PerformanceObserver((list) => {
  for (const {duration} of list.getEntries()) collection = Math.max(collection, duration)
}).observe({entryTypes: ['gc']})

let work = 0
let before = process.threadCpuUsage()
const look = (): void => {
  const {user, system} = process.threadCpuUsage(before)
  work = Math.max(work, (user + system) / 1000)
  before = process.threadCpuUsage()
  // Must not keep the process alive.
  setTimeout(look, 1).unref()
}
look()

process.on('SIGUSR2', () => {
  const stretch = Math.max(0, delay.max / 1e6 - RESOLUTION)
  process.stdout.write(`${JSON.stringify({stretch, work, collection})}\n`)
  delay.reset()
  collection = 0
  work = 0
})
process.once('SIGTERM', () => {
  void server.close().then(() => lake.close())
})
process.stdout.write(`${JSON.stringify({url: server.url, token: lake.token})}\n`)
