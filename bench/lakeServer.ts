import {enableCompileCache} from 'node:module'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

/**
 * A lake, started like `lake start`: `node lakeServer.ts FOLDER [WITHOUT] [PORT]`. WITHOUT names
 * optimisations that are switched off, with + between them, or is `everything`. PORT is a free one
 * unless it is given.
 */
const [dataDir = '', without = '', port = '0'] = process.argv.slice(2)
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
const server = await startServer({lake, port: Number(port), host: '127.0.0.1'})
process.once('SIGTERM', () => {
  void server.close().then(() => lake.close())
})
process.stdout.write(`${JSON.stringify({url: server.url, token: lake.token})}\n`)
