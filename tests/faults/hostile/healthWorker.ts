/** Requests `/health` repeatedly in a separate thread, and reports the time of each response. */
import {Agent, get} from 'node:http'
import {parentPort, workerData} from 'node:worker_threads'

const port = Number(workerData)
const agent = new Agent({keepAlive: true, maxSockets: 1})
const PAUSE = 50

const ask = (): void => {
  const started = performance.now()
  const again = (): void => {
    parentPort?.postMessage(performance.now() - started, [])
    setTimeout(ask, PAUSE)
  }
  const request = get({port, host: '127.0.0.1', path: '/health', agent}, (response) => {
    response.resume()
    response.once('close', again)
  })
  request.once('error', () => setTimeout(ask, PAUSE))
}
ask()
