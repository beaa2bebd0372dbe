import type {AccessWatch} from '../access/accessWatch.ts'
import {ANONYMOUS, can} from '../access/caller.ts'
import type {Tokens} from '../access/tokens.ts'
import {isJsonObject, type Json, type JsonObject} from '../core/document.ts'
import {
  MAX_PRESENCE_SESSIONS,
  MAX_PRESENCE_SUBSCRIPTIONS,
  MAX_SESSION_NAME_LENGTH,
} from '../core/limits.ts'

/**
 * Who has which document open: messages between the Studios on one dataset, nothing kept.
 * JSON-RPC 2.0 over a web socket, as `@sanity/bifur-client` speaks it.
 */
export interface Presence {
  /** A Studio has connected; everybody who may read the dataset may take part. */
  join(connection: Connection): Participant
  /** The dataset is gone: so is everybody who took part. */
  close(): void
}

/** The way to one Studio. */
export interface Connection {
  send(text: string): void
  /** @param code 4001 asks the client to sign in before it comes again. */
  close(code: number, reason: string): void
}

/** One Studio, as the connection drives it. */
export interface Participant {
  receive(text: string): void
  /** Whether it has sent a token that is good. */
  isKnown(): boolean
  /** The connection is gone: the others are told about sessions that did not say goodbye. */
  leave(): void
}

interface Member {
  /** @param result As JSON, which all members share. */
  readonly send: (result: string) => void
}

/** What a role must have for its holder to take part. */
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

interface Meeting extends PresenceOptions {
  readonly connection: Connection
  readonly members: Set<Member>
}

const participant = ({connection, members, tokens, accessWatch, newId}: Meeting): Participant => {
  let caller = ANONYMOUS
  let unwatch: (() => void) | undefined
  const subscriptions = new Map<string, Member>()
  const sessions = new Set<string>()

  const tellAll = (result: JsonObject): void => {
    const text = JSON.stringify(result)
    for (const member of members) member.send(text)
  }

  const reply = (id: Json, outcome: JsonObject): void =>
    connection.send(JSON.stringify({jsonrpc: '2.0', id, ...outcome}))

  const subscribe = (): Json => {
    if (subscriptions.size >= MAX_PRESENCE_SUBSCRIPTIONS) {
      throw new TooMany(`A socket can have ${MAX_PRESENCE_SUBSCRIPTIONS} subscriptions.`)
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

  /** @returns The call's result, or undefined when its parameters are not understood. */
  const methods: Readonly<Record<string, (params: JsonObject) => Json | undefined>> = {
    presence_subscribe: subscribe,
    presence_unsubscribe: ({subscriptionId}) => {
      if (typeof subscriptionId !== 'string') return undefined
      unsubscribe(subscriptionId)
      return true
    },
    presence_rollcall: ({session}) => {
      if (!isSessionName(session)) return undefined
      tellAll({type: 'rollCall', i: identity(), session})
      return true
    },
    presence_announce: ({data}) => {
      if (!isJsonObject(data)) return undefined
      const {sessionId, locations} = data
      if (!isSessionName(sessionId) || !Array.isArray(locations)) return undefined
      if (!sessions.has(sessionId) && sessions.size >= MAX_PRESENCE_SESSIONS) {
        throw new TooMany(`A socket can announce ${MAX_PRESENCE_SESSIONS} sessions.`)
      }
      sessions.add(sessionId)
      tellAll({type: 'state', i: identity(), m: {sessionId, locations}})
      return true
    },
    presence_disconnect: ({session}) => {
      if (!isSessionName(session)) return undefined
      sessions.delete(session)
      tellAll({type: 'disconnect', i: identity(), m: {session}})
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

  /** From now on nothing is heard from the connection, and nothing is sent to it. */
  const dismiss = (): void => {
    leave()
    caller = ANONYMOUS
    connection.close(UNAUTHORIZED, 'The token is unknown or was revoked.')
  }

  const leave = (): void => {
    unwatch?.()
    for (const subscription of subscriptions.keys()) unsubscribe(subscription)
    for (const session of sessions) tellAll({type: 'disconnect', i: identity(), m: {session}})
    sessions.clear()
  }

  return {
    isKnown: () => caller !== ANONYMOUS,
    receive: (text) => {
      if (text === HEARTBEAT) return
      const call = parseCall(text)
      if (call === null) {
        reply(null, {error: {code: PARSE_ERROR, message: 'This is no JSON-RPC 2.0 call.'}})
        return
      }
      const {id, method, params} = call
      if (method === 'authorization') {
        authorize(id, params)
        return
      }
      if (!can(caller, PRESENCE_ACCESS)) {
        connection.close(UNAUTHORIZED, 'A token with the right to read is needed.')
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

/** More of something than one socket can have. */
class TooMany extends Error {}

/** What JSON-RPC answers, but for its envelope. */
const outcomeOf = (method: string, call: () => Json | undefined): JsonObject => {
  try {
    const result = call()
    if (result !== undefined) return {result}
    return {error: {code: INVALID_PARAMS, message: `These are no parameters of "${method}".`}}
  } catch (error) {
    if (error instanceof TooMany) return {error: {code: TOO_MANY, message: error.message}}
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
