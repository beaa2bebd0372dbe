/**
 * Presence, a stream of messages: which user has which document open. Passes messages between the
 * Studios on one dataset
 * and stores nothing. The protocol is JSON-RPC 2.0 over a web socket, as in
 * `@sanity/bifur-client`.
 */
import type {AccessWatch} from '../access/accessWatch.ts'
import {ANONYMOUS, can} from '../access/caller.ts'
import type {Tokens} from '../access/tokens.ts'
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {
  MAX_PRESENCE_SESSIONS,
  MAX_PRESENCE_SUBSCRIPTIONS,
  MAX_SESSION_NAME_LENGTH,
} from '../core/limits.ts'

export interface Presence {
  /** A Studio has connected; it may take part if its user may read the dataset. */
  join(connection: Connection): Participant
  /** The dataset is gone: closes all connections. */
  close(): void
}

/** The connection to one Studio. */
export interface Connection {
  send(text: string): void
  /** @param code 4001 asks the client to sign in before it reconnects. */
  close(code: number, reason: string): void
}

/** One Studio; its socket calls these. */
export interface Participant {
  receive(text: string): void
  /** Whether it has sent a valid token. */
  isKnown(): boolean
  /** The connection is gone: notifies the others about sessions that did not disconnect. */
  leave(): void
}

interface Member {
  /** @param result JSON, encoded once for all members. */
  readonly send: (result: string) => void
}

/** The permission needed to take part. */
export const PRESENCE_ACCESS = 'read'

const HEARTBEAT = '♥'
const PARSE_ERROR = -32_700
const METHOD_NOT_FOUND = -32_601
const INVALID_PARAMS = -32_602
const TOO_MANY = -32_000
const UNAUTHORIZED = 4001
const NOT_FOUND = 4004

export interface PresenceOptions {
  readonly tokens: Pick<Tokens, 'callerOf' | 'now'>
  readonly accessWatch: AccessWatch
  readonly newId: () => string
}

export const createPresence = (options: PresenceOptions): Presence => {
  const members = new Set<Member>()
  const connections = new Set<Connection>()
  return {
    join: (connection) => {
      connections.add(connection)
      const joined = participant({...options, connection, members})
      return {
        ...joined,
        leave: () => {
          connections.delete(connection)
          joined.leave()
        },
      }
    },
    close: () => {
      for (const connection of connections) connection.close(NOT_FOUND, 'The dataset is gone.')
    },
  }
}

interface ParticipantOptions extends PresenceOptions {
  readonly connection: Connection
  readonly members: Set<Member>
}

const participant = ({
  connection,
  members,
  tokens,
  accessWatch,
  newId,
}: ParticipantOptions): Participant => {
  let caller = ANONYMOUS
  let unwatch: (() => void) | undefined
  const subscriptions = new Map<string, Member>()
  const sessions = new Set<string>()

  const broadcast = (result: JsonObject): void => {
    const text = JSON.stringify(result)
    for (const member of members) member.send(text)
  }

  const reply = (id: Json, outcome: JsonObject): void =>
    connection.send(JSON.stringify({jsonrpc: '2.0', id, ...outcome}))

  const subscribe = (): Json => {
    if (subscriptions.size >= MAX_PRESENCE_SUBSCRIPTIONS) {
      throw new LimitError(`A socket can have at most ${MAX_PRESENCE_SUBSCRIPTIONS} subscriptions.`)
    }
    const subscription = newId()
    const member: Member = {
      send: (result) =>
        connection.send(
          `{"jsonrpc":"2.0","method":"presence_subscription",` +
            `"params":{"subscription":${JSON.stringify(subscription)},"result":${result}}}`,
        ),
    }
    subscriptions.set(subscription, member)
    members.add(member)
    return subscription
  }

  const unsubscribe = (subscription: string): void => {
    const member = subscriptions.get(subscription)
    if (member === undefined) return
    members.delete(member)
    subscriptions.delete(subscription)
  }

  const identity = (): string => caller.user?.id ?? ''

  /** @returns The result of the call, or undefined when its parameters are not valid. */
  const methods: Readonly<Record<string, (params: JsonObject) => Json | undefined>> = {
    presence_subscribe: subscribe,
    presence_unsubscribe: ({subscriptionId}) => {
      if (typeof subscriptionId !== 'string') return undefined
      unsubscribe(subscriptionId)
      return true
    },
    presence_rollcall: ({session}) => {
      if (!isSessionName(session)) return undefined
      broadcast({type: 'rollCall', i: identity(), session})
      return true
    },
    presence_announce: ({data}) => {
      if (!isJsonObject(data)) return undefined
      const {sessionId, locations} = data
      if (!isSessionName(sessionId) || !Array.isArray(locations)) return undefined
      if (!sessions.has(sessionId) && sessions.size >= MAX_PRESENCE_SESSIONS) {
        throw new LimitError(`A socket can announce at most ${MAX_PRESENCE_SESSIONS} sessions.`)
      }
      sessions.add(sessionId)
      broadcast({type: 'state', i: identity(), m: {sessionId, locations}})
      return true
    },
    presence_disconnect: ({session}) => {
      if (!isSessionName(session)) return undefined
      sessions.delete(session)
      broadcast({type: 'disconnect', i: identity(), m: {session}})
      return true
    },
  }

  const authorize = (id: Json, {authorization}: JsonObject): void => {
    try {
      const token = typeof authorization === 'string' ? authorization.replace(/^bearer +/i, '') : ''
      caller = tokens.callerOf(token)
    } catch {
      dismiss()
      return
    }
    unwatch?.()
    unwatch = accessWatch.watch(isStillReader, dismiss)
    reply(id, {result: true})
  }

  const isStillReader = (): boolean => {
    try {
      return can(tokens.now(caller), PRESENCE_ACCESS)
    } catch {
      return false
    }
  }

  /** Closes the connection and ignores its messages from now on. */
  const dismiss = (): void => {
    leave()
    caller = ANONYMOUS
    connection.close(UNAUTHORIZED, 'The token is unknown or was revoked.')
  }

  const leave = (): void => {
    unwatch?.()
    for (const subscription of subscriptions.keys()) unsubscribe(subscription)
    for (const session of sessions) broadcast({type: 'disconnect', i: identity(), m: {session}})
    sessions.clear()
  }

  return {
    isKnown: () => caller !== ANONYMOUS,
    receive: (text) => {
      if (text === HEARTBEAT) return
      const call = parseCall(text)
      if (call === null) {
        reply(null, {
          error: {code: PARSE_ERROR, message: 'The message is not a JSON-RPC 2.0 call.'},
        })
        return
      }
      const {id, method, params} = call
      if (method === 'authorization') {
        authorize(id, params)
        return
      }
      if (!can(caller, PRESENCE_ACCESS)) {
        connection.close(UNAUTHORIZED, 'A token with permission to read is needed.')
        return
      }
      const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (handler === undefined) {
        reply(id, {error: {code: METHOD_NOT_FOUND, message: `There is no method "${method}".`}})
        return
      }
      reply(
        id,
        outcomeOf(method, () => handler(params)),
      )
    },
    leave,
  }
}

/** A socket exceeded one of its limits. */
class LimitError extends Error {}

/** The `result` or `error` of a JSON-RPC response. */
const outcomeOf = (method: string, call: () => Json | undefined): JsonObject => {
  try {
    const result = call()
    if (result !== undefined) return {result}
    return {error: {code: INVALID_PARAMS, message: `The parameters of "${method}" are not valid.`}}
  } catch (error) {
    if (error instanceof LimitError) return {error: {code: TOO_MANY, message: error.message}}
    throw error
  }
}

const isSessionName = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length <= MAX_SESSION_NAME_LENGTH

interface Call {
  readonly id: Json
  readonly method: string
  readonly params: JsonObject
}

const parseCall = (text: string): Call | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isJsonObject(value) || typeof value['method'] !== 'string') return null
  const {id, method, params} = value
  return {id: id ?? null, method, params: isJsonObject(params) ? params : {}}
}
