import {enableCompileCache} from 'node:module'

import {keepMemoryLow} from '../packages/lake/src/server/keepMemoryLow.ts'

/** A lake on a free port, started like `lake start`: `node lakeServer.ts FOLDER`. */
keepMemoryLow()
enableCompileCache()
const {createLake, startServer} = await import('@copydesk/lake')

const [dataDir = ''] = process.argv.slice(2)
const lake = createLake({dataDir})
const server = await startServer({lake, port: 0, host: '127.0.0.1'})
process.once('SIGTERM', () => {
  void server.close().then(() => lake.close())
})
process.stdout.write(`${JSON.stringify({url: server.url, token: lake.token})}\n`)
