import {insufficientPermissionsError, unauthorized} from '../core/errors.ts'
import {type Permission, type Role, ROLES} from './roles.ts'

/** A person or a program with an account in the lake. */
export interface User {
  /** `local` for whoever owns the data folder, else `p` and eight letters or digits. */
  readonly id: string
  readonly name: string
  readonly email: string
  /** Made for a token, not for a person. */
  readonly isRobot: boolean
}

/** Who sends a request: the one value that every decision about access is made from. */
export interface Caller {
  /** Null without a token. */
  readonly user: User | null
  readonly role: Role | null
  /** SHA-256 of the token that was sent; null without one. */
  readonly credential: string | null
  /** Whether that token is a session of a Studio. */
  readonly isSession: boolean
}

export const ANONYMOUS: Caller = {user: null, role: null, credential: null, isSession: false}

/** What GROQ's `identity()` and a commit's author say for the caller. */
export const identityOf = (caller: Caller): string => caller.user?.id ?? '<anonymous>'

export const can = (caller: Caller, permission: Permission): boolean =>
  caller.role !== null && ROLES[caller.role].permissions.includes(permission)

/** @throws 401 for nobody in particular, 403 for somebody whose role lacks the permission. */
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

/** User id of whoever does what nobody in particular asked for. */
export const SYSTEM = '<system>'
