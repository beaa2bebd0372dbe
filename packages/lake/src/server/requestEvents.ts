/** The server's events: one for each request, published for logs and monitoring. */
import {channel} from 'node:diagnostics_channel'
import type {IncomingMessage, ServerResponse} from 'node:http'

/**
 * Published on the diagnostics channel `copydesk:lake:request` when a response has ended, or its
 * client has gone. An event stream ends when its listener leaves.
 */
export interface RequestEvent {
  readonly method: string
  /** Without the query string, which may hold tokens and codes. */
  readonly path: string
  /** 0 if the client went away before there was a response. */
  readonly status: number
  /** Milliseconds from the request's head to the end of the response. */
  readonly ms: number
  /** Bytes of the response, its head included. */
  readonly bytes: number
}

const requests = channel('copydesk:lake:request')

/** Publishes an event when the response ends. Does nothing while nobody listens. */
export const observeRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
  if (!requests.hasSubscribers) return
  const started = performance.now()
  const {socket, method = 'GET', url = '/'} = incoming
  const before = socket.bytesWritten
  response.once('close', () => {
    const {headersSent, statusCode} = response
    const event: RequestEvent = {
      method,
      path: url.split('?', 1)[0] ?? url,
      status: headersSent ? statusCode : 0,
      ms: performance.now() - started,
      bytes: headersSent ? socket.bytesWritten - before : 0,
    }
    requests.publish(event)
  })
}

/** Whether a message of the channel is one of the lake's. */
export const isRequestEvent = (message: unknown): message is RequestEvent =>
  typeof message === 'object' && message !== null && 'status' in message && 'path' in message
