import {hash, randomBytes} from 'node:crypto'

import {sessionNotFound} from '../errors.ts'
import {MAX_SESSIONS, SESSION_LIFETIME} from '../limits.ts'
import type {Caller, User} from './caller.ts'
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
  /** A token for a program, with a user of its own. The text is shown this once. */
  create(label: string, role: Role): {readonly record: TokenRecord; readonly token: string}
  /**
   * A session for somebody who is signed in already, ended by `end`, by a log out or, so that they
   * do not pile up, by its age or by many newer ones.
   */
  startSession(caller: Caller): string
  /** Ends the session; a token for programs, or the folder's own, stays. */
  end(token: string): void
  /** @returns Whether there was one. */
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
  const localHash = digest(localToken)
  let callers = new Map<string, Caller>()

  const index = (): void => {
    const users = new Map(project.read().users.map((user) => [user.id, user]))
    callers = new Map([[localHash, {user: LOCAL_USER, role: 'administrator'}]])
    for (const {hash, role, userId} of project.read().tokens) {
      callers.set(hash, {user: users.get(userId) ?? LOCAL_USER, role})
    }
  }
  const remove = (wanted: (record: TokenRecord) => boolean): boolean => {
    const {tokens} = project.read()
    const kept = tokens.filter((record) => !wanted(record))
    if (kept.length === tokens.length) return false
    project.change((state) => ({...state, tokens: kept}))
    index()
    return true
  }

  const isOld = ({kind, createdAt}: TokenRecord): boolean =>
    kind === 'session' && now() - Date.parse(createdAt) > SESSION_LIFETIME

  index()
  remove(isOld)

  const add = (record: Omit<TokenRecord, 'hash' | 'createdAt'>, user: User | null) => {
    const token = newSecret()
    const stored = {...record, hash: digest(token), createdAt: new Date(now()).toISOString()}
    project.change((state) => ({
      ...state,
      users: user === null ? state.users : [...state.users, user],
      tokens: latestSessions([...state.tokens, stored].filter((each) => !isOld(each))),
    }))
    index()
    return {record: stored, token}
  }

  return {
    callerOf: (token) => {
      const caller = callers.get(digest(token))
      if (caller === undefined) throw sessionNotFound()
      return caller
    },
    create: (label, role) => {
      const id = newId()
      const user = {id: `p${id.slice(0, 8)}`, name: label, email: '', isRobot: true}
      return add({id, label, role, userId: user.id, kind: 'token'}, user)
    },
    startSession: ({user, role}) =>
      add(
        {
          id: newId(),
          label: 'Studio',
          role: role ?? 'viewer',
          userId: user?.id ?? LOCAL_USER.id,
          kind: 'session',
        },
        null,
      ).token,
    end: (token) => {
      const ended = digest(token)
      remove(({hash, kind}) => hash === ended && kind === 'session')
    },
    revoke: (id) => remove((record) => record.id === id),
    list: () => project.read().tokens,
  }
}

/** All tokens for programs, and as many sessions as may be. */
const latestSessions = (tokens: readonly TokenRecord[]): readonly TokenRecord[] => {
  const sessions = tokens.filter(({kind}) => kind === 'session')
  const ended = new Set(sessions.slice(0, Math.max(0, sessions.length - MAX_SESSIONS)))
  return tokens.filter((record) => !ended.has(record))
}
