/** Sends one message of a webhook: one HTTP request, and how it ended. */
import {createHmac} from 'node:crypto'
import type {LookupAddress} from 'node:dns'
import {lookup} from 'node:dns/promises'
import type {IncomingMessage} from 'node:http'
import {request as requestEncrypted} from 'node:https'
import type {LookupFunction} from 'node:net'

import type {HookRecord} from '../access/hookRecord.ts'
import {isLoopbackName} from '../access/origin.ts'
import {MAX_HOOK_ANSWER_BYTES} from '../core/limits.ts'
import {request as requestPlain} from '../core/nodeHttp.ts'
import type {AttemptResult, NewMessage} from '../store/hooks/hookLog.ts'
import {plainName, type Targets} from './targets.ts'

export interface DeliveryOptions {
  readonly projectId: string
  readonly targets: Targets
  /** Milliseconds since 1970, for the signature. */
  readonly now: number
  /** Milliseconds that the receiver has for its answer. */
  readonly timeout: number
  /** Ends the request: the lake is closing. */
  readonly signal: AbortSignal
  /** Finds the addresses of a name; by default as the operating system does. */
  readonly resolveName?: (name: string) => Promise<readonly LookupAddress[]>
}

/**
 * Sends a message and waits for the answer. Follows no redirects: the address of a redirect is the
 * receiver's choice. Never rejects.
 */
export const deliver = async (
  hook: HookRecord,
  message: NewMessage,
  options: DeliveryOptions,
): Promise<AttemptResult> => {
  const url = new URL(hook.url)
  const host = plainName(url.hostname)
  if (!options.targets.allowsHost(host)) return failed('network', refusal(host))
  try {
    return await send(url, hook, message, options)
  } catch (error) {
    return failed('network', error instanceof Error ? error.message : String(error))
  }
}

const refusal = (host: string, address?: string): string =>
  `The lake may not call ${host}${address === undefined ? '' : ` at ${address}`}. ` +
  'To allow it, start the lake with "--hook-host" and the host.'

const failed = (failure: 'network' | 'timeout', resultBody: string): AttemptResult => ({
  failure,
  resultCode: null,
  resultBody,
})

const send = (
  url: URL,
  hook: HookRecord,
  message: NewMessage,
  options: DeliveryOptions,
): Promise<AttemptResult> => {
  const {projectId, now, timeout, signal} = options
  const {promise, resolve} = Promise.withResolvers<AttemptResult>()
  const host = plainName(url.hostname)
  const begin = url.protocol === 'https:' ? requestEncrypted : requestPlain
  const request = begin(url, {
    method: hook.httpMethod,
    agent: false,
    headers: {...othersOf(hook), ...ownHeaders(hook, message, projectId, now)},
    lookup: lookupWithin(host, options),
  })
  const end = (result: AttemptResult): void => {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    resolve(result)
    request.destroy()
  }
  const timer = setTimeout(() => {
    const seconds = Math.round(timeout / 1000)
    end(failed('timeout', `The receiver did not answer within ${seconds} seconds.`))
  }, timeout)
  const abort = (): void => end(failed('network', 'The lake was closed.'))
  signal.addEventListener('abort', abort)
  request.on('error', (error) => end(failed('network', error.message)))
  request.on('response', (response) => {
    clearTimeout(timer)
    const status = response.statusCode ?? 0
    const finish = (resultBody: string): void =>
      end({
        failure: status >= 200 && status < 300 ? null : 'http',
        resultCode: status,
        resultBody,
      })
    void beginningOf(response, timeout).then(finish, () => finish(''))
  })
  request.end(message.payload)
  return promise
}

/** Headers as hosted Sanity sends them; they replace those of the same name. */
const ownHeaders = (
  {id, secret}: HookRecord,
  message: NewMessage,
  projectId: string,
  now: number,
): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(message.payload)),
  'user-agent': 'Sanity.io webhook delivery (embedded lake)',
  connection: 'close',
  'idempotency-key': message.id,
  'sanity-webhook-id': id,
  'sanity-project-id': projectId,
  'sanity-dataset': message.dataset,
  'sanity-document-id': message.document,
  'sanity-operation': message.operation,
  'sanity-transaction-id': message.transactionId,
  'sanity-transaction-time': message.transactionTime,
  ...(secret !== null && {'sanity-webhook-signature': signature(message.payload, secret, now)}),
})

/** As `@sanity/webhook` verifies it. @param now Milliseconds since 1970. */
const signature = (payload: string, secret: string, now: number): string => {
  const hash = createHmac('sha256', secret).update(`${now}.${payload}`).digest('base64url')
  return `t=${now},v1=${hash}`
}

/** Headers of the connection, and of a message that the webhook must not forge. */
const RESERVED =
  /^(?:host|connection|content-length|transfer-encoding|expect|te|trailer|upgrade|sanity-.*)$/i

const othersOf = ({headers}: HookRecord): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !RESERVED.test(name)))

/**
 * Looks a name up, and keeps the addresses that may be called. The connection is opened to one of
 * these: the name is not looked up a second time.
 */
const lookupWithin =
  (host: string, {targets, resolveName = addressesOf}: DeliveryOptions): LookupFunction =>
  (name, options, done) => {
    const answer = (found: readonly LookupAddress[]): void => {
      const allowed = found.filter(({address}) => targets.allowsAddress(host, address))
      const [first] = allowed
      if (first === undefined) {
        done(new Error(refusal(host, found.map(({address}) => address).join(', '))), [])
      } else if (options.all) done(null, [...allowed])
      else done(null, first.address, first.family)
    }
    const find = async (): Promise<void> => {
      try {
        // Not every resolver knows that these names are this machine's.
        answer(isLoopbackName(host) ? LOOPBACK : await resolveName(name))
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)), [])
      }
    }
    void find()
  }

const addressesOf = (name: string): Promise<LookupAddress[]> => lookup(name, {all: true})

const LOOPBACK: readonly LookupAddress[] = [
  {address: '127.0.0.1', family: 4},
  {address: '::1', family: 6},
]

/** Milliseconds that the rest of an answer may take: its status is known. */
const BODY_TIME = 2000

const beginningOf = (response: IncomingMessage, timeout: number): Promise<string> => {
  const {promise, resolve} = Promise.withResolvers<string>()
  const parts: Buffer[] = []
  let size = 0
  const finish = (): void => {
    clearTimeout(timer)
    resolve(Buffer.concat(parts).subarray(0, MAX_HOOK_ANSWER_BYTES).toString())
  }
  const timer = setTimeout(finish, Math.min(BODY_TIME, timeout))
  response.on('data', (part: Buffer) => {
    parts.push(part)
    size += part.length
    if (size >= MAX_HOOK_ANSWER_BYTES) finish()
  })
  response.once('end', finish)
  response.once('error', finish)
  response.once('close', finish)
  return promise
}
