/**
 * Access rules: who may call a route, and which documents of a dataset a caller may read. Every
 * route names one of these rules. It is checked in one place before the handler runs, so that an
 * error never depends on what is stored.
 */
import {
  forbidden,
  insufficientPermissionsError,
  type LakeError,
  unauthorized,
} from '../core/errors.ts'
import {type Caller, can, VERBS, identityOf} from './caller.ts'
import type {AclMode} from './project.ts'
import type {Permission} from './roles.ts'

/**
 * Who may call a route.
 *
 * - `anyone`: no token is needed. The response holds nothing from a dataset, or the request needs a
 *   secret: a sign-in code, the id of a job, the hash in the address of an asset.
 * - `signedIn`: every caller with a token, whatever its role.
 * - `dataset`: every caller, unless the dataset in the path is private: then callers who may read it.
 *   To callers without that permission the handler shows public documents only.
 * - `stream`: as `dataset`, for a response that stays open. A ticket may replace the token, and the
 *   response ends when the caller loses access.
 * - `write`: callers who may change documents and read all of them, because the response to a write
 *   (conflicts, revisions, documents, what a query selected) reveals stored documents.
 * - `issueTokens`: as `manage`, but not with a session: its new token would outlive it.
 * - The others are permissions of a role.
 */
export type Access =
  | 'anyone'
  | 'signedIn'
  | 'dataset'
  | 'stream'
  | 'write'
  | 'issueTokens'
  | Extract<Permission, 'read' | 'history' | 'manage'>

const REQUIRED: Readonly<Record<Exclude<Access, 'anyone' | 'signedIn'>, readonly Permission[]>> = {
  dataset: ['read'],
  stream: ['read'],
  read: ['read'],
  history: ['read', 'history'],
  write: ['create', 'update', 'read'],
  manage: ['manage'],
  issueTokens: ['manage'],
}

/**
 * The error for a caller who may not call a route; null for a caller who may.
 * @param aclMode Of the dataset in the path; called only where the rule depends on it.
 * @returns 401 for a caller without a token, 403 for a role that lacks a permission.
 */
export const accessError = (
  access: Access,
  caller: Caller,
  aclMode: () => AclMode,
): LakeError | null => {
  if (access === 'anyone') return null
  if (access === 'signedIn') {
    return caller.user === null ? unauthorized('You are not signed in: send a token.') : null
  }
  const required = REQUIRED[access]
  if (access === 'issueTokens' && caller.isSession && can(caller, 'manage')) {
    return forbidden(
      'A session cannot create tokens, because they would outlive it. Use a token instead.',
    )
  }
  const lacking = required.find((permission) => !can(caller, permission))
  if (lacking === undefined) return null
  if ((access === 'dataset' || access === 'stream') && aclMode() === 'public') return null
  if (caller.user === null) return unauthorized(`A token is needed to ${VERBS[lacking]}.`)
  return insufficientPermissionsError(lacking)
}

/** Which documents of a dataset a caller may read. */
export interface Reader {
  readonly identity: string
  /** Whether they include drafts, versions and every other id with a dot in it. */
  readonly includePrivate: boolean
}

/** For a caller who may read the dataset at all: see `mayRead` and the access of routes. */
export const readerOf = (caller: Caller): Reader => ({
  identity: identityOf(caller),
  includePrivate: can(caller, 'read'),
})

/** Whether the caller may read anything of a dataset. */
export const mayRead = (caller: Caller, aclMode: AclMode): boolean =>
  aclMode === 'public' || can(caller, 'read')
