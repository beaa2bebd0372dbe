import {createLake, startServer} from '@copydesk/lake'

/** A lake on a port of its own, until it is told to stop: `node lakeServer.ts FOLDER`. */
const [dataDir = ''] = process.argv.slice(2)
const lake = createLake({dataDir})
const server = await startServer({lake, port: 0, host: '127.0.0.1'})
process.once('SIGTERM', () => {
  void server.close().then(() => lake.close())
})
process.stdout.write(`${JSON.stringify({url: server.url, token: lake.token})}\n`)
