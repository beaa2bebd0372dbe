import {readFileSync} from 'node:fs'
import {createServer} from 'node:http'

/** A plain `node:http` server that answers every request with the bytes of a file. */
const [file = ''] = process.argv.slice(2)
const body = readFileSync(file)
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'content-length': body.length,
}
const server = createServer((_, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`${JSON.stringify({port})}\n`)
})
process.once('SIGTERM', () => process.exit(0))
