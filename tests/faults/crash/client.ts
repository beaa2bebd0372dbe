/** A client that can be slow, or disconnect before the response. */
import {Agent, request} from 'node:http'
import {setTimeout as wait} from 'node:timers/promises'

import type {Manner} from './plan.ts'

export interface Answer {
  readonly status: number
  readonly text: string
}

export interface Client {
  /**
   * @returns The response; undefined if the client disconnected.
   * @throws if the connection breaks or no response arrives
   */
  send(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    manner?: Manner,
  ): Promise<Answer | undefined>
  close(): void
}

/** Longer than any response of a healthy lake, even on a busy machine. */
const PATIENCE = 60_000

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export const createClient = (url: string, token: string | undefined): Client => {
  const agent = new Agent({keepAlive: true, maxSockets: 1})
  const headers = {
    ...(token !== undefined && {authorization: `Bearer ${token}`}),
    'content-type': 'application/json',
  }
  return {
    send: (method, path, body, manner = 'plain') =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : {'content-length': Buffer.byteLength(body)}
        const sent = request(`${url}${path}`, {method, agent, headers: {...headers, ...length}})
        const leave = (): void => {
          sent.destroy()
          resolve(undefined)
        }
        sent.setTimeout(PATIENCE, () => {
          sent.destroy(new NoAnswer(`${method} ${path} has no answer after ${PATIENCE / 1000} s`))
        })
        sent.once('error', reject)
        sent.once('response', (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('close', () => {
            if (!response.complete) reject(new Error('The answer broke off.'))
          })
          response.once('end', () =>
            resolve({status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString()}),
          )
        })
        void write(sent, body, manner, leave).catch(reject)
      }),
    close: () => agent.destroy(),
  }
}

const SLOW_PARTS = 5
const SLOW_PAUSE = 40

const write = async (
  sent: ReturnType<typeof request>,
  body: string | Buffer | undefined,
  manner: Manner,
  leave: () => void,
): Promise<void> => {
  const bytes = Buffer.from(body ?? '')
  if (manner === 'gone in the body') {
    sent.write(bytes.subarray(0, bytes.length / 2))
    await wait(10)
    return leave()
  }
  if (manner === 'slow') {
    const part = Math.ceil(bytes.length / SLOW_PARTS)
    for (let at = 0; at < bytes.length && !sent.destroyed; at += part) {
      sent.write(bytes.subarray(at, at + part))
      await wait(SLOW_PAUSE)
    }
    sent.end()
    return
  }
  sent.end(bytes)
  if (manner === 'plain') return
  // Long enough for some requests to finish, and short enough that others do not.
  await wait(bytes.length % 7)
  leave()
}
