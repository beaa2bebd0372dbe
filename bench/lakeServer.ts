import {enableCompileCache} from 'node:module'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

/**
 * A lake on a free port, started like `lake start`: `node lakeServer.ts FOLDER [WITHOUT]`. WITHOUT names
 * optimisations that are switched off, with + between them, or is `everything`.
 */
const [dataDir = '', without = ''] = process.argv.slice(2)
if (without !== 'keepMemoryLow') keepMemoryLow()
enableCompileCache()
const {startServer} = await import('@copydesk/lake/server')
const {openLake} = await import('../packages/lake/src/open/createLake.ts')
const {fastWithout} = await import('../packages/lake/src/core/fast.ts')

const fastOf = () => {
  if (without === '' || without === 'keepMemoryLow') return true
  return without === 'everything' ? false : fastWithout(without.split('+'))
}
const lake = openLake({dataDir}, fastOf())
const server = await startServer({lake, port: 0, host: '127.0.0.1'})
process.once('SIGTERM', () => {
  void server.close().then(() => lake.close())
})
process.stdout.write(`${JSON.stringify({url: server.url, token: lake.token})}\n`)
