import {hash, randomBytes} from 'node:crypto'

import {forbidden, sessionNotFound} from '../core/errors.ts'
import {MAX_SESSIONS, SESSION_LIFETIME} from '../core/limits.ts'
import {ANONYMOUS, type Caller, type User} from './caller.ts'
import type {ProjectFile, TokenRecord} from './project.ts'
import type {Role} from './roles.ts'

/** Whom the holder of the data folder is, in history and in the Studio. */
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
   * The caller as they are now: their role may have changed since they came.
   * @throws 401 when their token was revoked or their session has ended.
   */
  now(caller: Caller): Caller
  /** Whether `now` would find the caller: for what is kept for them. */
  isCurrent(caller: Caller): boolean
  /** A token for a program, with a user of its own. The text is shown this once. */
  create(label: string, role: Role): {readonly record: TokenRecord; readonly token: string}
  /**
   * A session for the holder of a token. It ends by `end`, by a log out, with the token or, so that
   * sessions do not pile up, by its age or by many newer ones of the same token.
   * @throws 403 for a session: it could start others for ever.
   */
  startSession(caller: Caller): string
  /** Ends the session; a token for programs, or the folder's own, stays. */
  end(token: string): void
  /** Ends a token and the sessions that it started, or one session. @returns Whether there was one. */
  revoke(id: string): boolean
  list(): readonly TokenRecord[]
}

/** 45 characters: the Studio takes nothing shorter than 32 from a sign-in link. */
export const newSecret = (): string => `sk${randomBytes(32).toString('base64url')}`

const digest = (token: string): string => hash('sha256', token, 'hex')

/** @param localToken The data folder's own: whoever can read the folder is its administrator. */
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
  /** When sessions end, by their hash. */
  let ends = new Map<string, number>()

  /** A session is who its token is, and nobody without it. */
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
  // Without its token a session is void: that of a folder whose own token was replaced, and those of
  // earlier lakes, which did not note it. Their users sign in again.
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

  /** @param hash Of a token. */
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

/** When a session ends by its age, in milliseconds since 1970. */
export const endOf = ({createdAt}: TokenRecord): number => Date.parse(createdAt) + SESSION_LIFETIME

/** All tokens for programs, and of each the latest sessions. */
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
