/** The caller: who sends a request. Every decision about access is made from this one value. */
import {insufficientPermissionsError, unauthorized} from '../core/errors.ts'
import {type Permission, type Role, ROLES} from './roles.ts'

/** A person or a program with an account in the lake. */
export interface User {
  /** `local` for the owner of the data folder, else `p` and eight letters or digits. */
  readonly id: string
  readonly name: string
  readonly email: string
  /** Whether it was created for a token, not for a person. */
  readonly isRobot: boolean
}

export interface Caller {
  /** Null without a token. */
  readonly user: User | null
  readonly role: Role | null
  /** SHA-256 hash of the token that was sent; null without one. */
  readonly credential: string | null
  /** Whether that token is a session of a Studio. */
  readonly isSession: boolean
}

export const ANONYMOUS: Caller = {user: null, role: null, credential: null, isSession: false}

/** The value of GROQ's `identity()`, and the author of the caller's commits. */
export const identityOf = (caller: Caller): string => caller.user?.id ?? '<anonymous>'

export const can = (caller: Caller, permission: Permission): boolean =>
  caller.role !== null && ROLES[caller.role].permissions.includes(permission)

/** @throws 401 for an anonymous caller, 403 for a caller whose role lacks the permission. */
export const requirePermission = (caller: Caller, permission: Permission): void => {
  if (can(caller, permission)) return
  if (caller.user === null) throw unauthorized(`A token is needed to ${VERBS[permission]}.`)
  throw insufficientPermissionsError(permission)
}

export const VERBS: Readonly<Record<Permission, string>> = {
  read: 'read this',
  create: 'create documents',
  update: 'change documents',
  history: 'read history',
  editHistory: 'change history',
  manage: 'manage the project',
}

/** User id for changes that the lake makes by itself. */
export const SYSTEM = '<system>'
