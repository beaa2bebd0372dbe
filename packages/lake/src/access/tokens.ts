/**
 * Tokens and sessions: finds the caller of a token, creates and revokes tokens, and starts and
 * ends the sessions of Studios.
 */
import {hash, randomBytes} from 'node:crypto'

import {forbidden, sessionNotFound} from '../core/errors.ts'
import {MAX_SESSIONS, SESSION_LIFETIME} from '../core/limits.ts'
import {ANONYMOUS, type Caller, type User} from './caller.ts'
import type {ProjectFile, TokenRecord} from './project.ts'
import type {Role} from './roles.ts'

/** The owner of the data folder, as shown in history and in the Studio. */
export const LOCAL_USER: User = {
  id: 'local',
  name: 'Local editor',
  email: 'local@localhost',
  isRobot: false,
}

export interface Tokens {
  /** @throws 401 when the token is unknown. */
  callerOf(token: string): Caller
  /**
   * The caller with their present role, which may have changed since the request began.
   * @throws 401 when their token was revoked or their session ended.
   */
  now(caller: Caller): Caller
  /** Whether the caller's token or session is still valid; for cached responses. */
  isCurrent(caller: Caller): boolean
  /** Creates a token for a program, with a user of its own. The token cannot be read again later. */
  create(label: string, role: Role): {readonly record: TokenRecord; readonly token: string}
  /**
   * Starts a session for the holder of a token. It ends when the user logs out, when the token is
   * revoked, when it is too old, or when the same token has too many newer sessions.
   * @throws 403 for a session, which could otherwise renew itself for ever.
   */
  startSession(caller: Caller): string
  /** Ends a session; has no effect on other tokens. */
  end(token: string): void
  /** Revokes a token with its sessions, or one session. @returns Whether there was one. */
  revoke(id: string): boolean
  list(): readonly TokenRecord[]
}

/** 45 characters: the Studio accepts no fewer than 32 from a sign-in link. */
export const newSecret = (): string => `sk${randomBytes(32).toString('base64url')}`

const digest = (token: string): string => hash('sha256', token, 'hex')

/** @param localToken The data folder's own token: a user who can read the folder is an administrator. */
export const openTokens = (
  project: ProjectFile,
  localToken: string,
  now: () => number,
  newId: () => string,
): Tokens => {
  const local: Caller = {
    user: LOCAL_USER,
    role: 'administrator',
    credential: digest(localToken),
    isSession: false,
  }
  let callers = new Map<string, Caller>()
  /** End of each session, by its hash. */
  let ends = new Map<string, number>()

  /** A session has the user and role of its token, and is invalid without it. */
  const index = (): void => {
    const {users, tokens} = project.read()
    const userOf = new Map(users.map((user) => [user.id, user]))
    callers = new Map([[digest(localToken), local]])
    ends = new Map()
    for (const {hash, role, userId, kind} of tokens) {
      if (kind === 'session') continue
      const user = userOf.get(userId) ?? LOCAL_USER
      callers.set(hash, {user, role, credential: hash, isSession: false})
    }
    for (const record of tokens) {
      const {hash, kind, startedWith} = record
      const holder = kind === 'session' ? callers.get(startedWith ?? '') : undefined
      if (holder === undefined) continue
      callers.set(hash, {...holder, credential: hash, isSession: true})
      ends.set(hash, endOf(record))
    }
  }
  const remove = (wanted: (record: TokenRecord) => boolean): boolean => {
    const {tokens} = project.read()
    const kept = tokens.filter((record) => !wanted(record))
    if (kept.length === tokens.length) return false
    project.change((state) => ({...state, tokens: kept}))
    return true
  }

  const isOld = (record: TokenRecord): boolean => record.kind === 'session' && now() > endOf(record)

  index()
  project.onChange(index)
  // A session is invalid without its token: the folder's own token may have been replaced, and earlier
  // lakes did not store which token started a session. Its user has to sign in again.
  remove((record) => isOld(record) || !callers.has(record.hash))

  const add = (record: Omit<TokenRecord, 'hash' | 'createdAt'>, user: User | null) => {
    const token = newSecret()
    const stored = {...record, hash: digest(token), createdAt: new Date(now()).toISOString()}
    project.change((state) => ({
      ...state,
      users: user === null ? state.users : [...state.users, user],
      tokens: latestSessions([...state.tokens, stored].filter((each) => !isOld(each))),
    }))
    return {record: stored, token}
  }

  const find = (hash: string): Caller | undefined => {
    const caller = callers.get(hash)
    const hasEnded = caller?.isSession === true && now() > (ends.get(hash) ?? 0)
    return hasEnded ? undefined : caller
  }
  const holderOf = (hash: string): Caller => {
    const caller = find(hash)
    if (caller === undefined) throw sessionNotFound()
    return caller
  }
  const nowOf = ({credential}: Caller): Caller =>
    credential === null ? ANONYMOUS : holderOf(credential)

  return {
    callerOf: (token) => holderOf(digest(token)),
    now: nowOf,
    isCurrent: ({credential}) => credential === null || find(credential) !== undefined,
    create: (label, role) => {
      const id = newId()
      const user = {id: `p${id.slice(0, 8)}`, name: label, email: '', isRobot: true}
      return add({id, label, role, userId: user.id, kind: 'token', startedWith: null}, user)
    },
    startSession: (caller) => {
      const {user, role, credential, isSession} = nowOf(caller)
      if (isSession) throw forbidden('A session cannot start another one: sign in with a token.')
      if (user === null || role === null) throw sessionNotFound()
      return add(
        {
          id: newId(),
          label: `Studio, signed in by ${user.name}`,
          role,
          userId: user.id,
          kind: 'session',
          startedWith: credential,
        },
        null,
      ).token
    },
    end: (token) => {
      const ended = digest(token)
      remove(({hash, kind}) => hash === ended && kind === 'session')
    },
    revoke: (id) => {
      const revoked = project.read().tokens.find((record) => record.id === id)
      if (revoked === undefined) return false
      return remove(({hash, startedWith}) => hash === revoked.hash || startedWith === revoked.hash)
    },
    list: () => project.read().tokens,
  }
}

/** When a session becomes too old, in milliseconds since 1970. */
export const endOf = ({createdAt}: TokenRecord): number => Date.parse(createdAt) + SESSION_LIFETIME

/** All tokens, and the latest sessions of each. */
const latestSessions = (tokens: readonly TokenRecord[]): readonly TokenRecord[] => {
  const counts = new Map<string | null, number>()
  const kept = tokens.toReversed().filter(({kind, startedWith}) => {
    if (kind !== 'session') return true
    const newer = counts.get(startedWith) ?? 0
    counts.set(startedWith, newer + 1)
    return newer < MAX_SESSIONS
  })
  return kept.toReversed()
}
