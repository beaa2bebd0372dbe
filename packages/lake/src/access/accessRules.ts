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
 * Who may call a route. Every route names one of these, and the check is made in one place before
 * the handler runs, so a refusal never depends on what is stored.
 *
 * - `anyone`: no token is needed. Nothing of a dataset is in the answer, or a secret in the request
 *   decides: a sign-in code, a job's id, the hash in the address of an asset.
 * - `signedIn`: everybody with a token, whatever its role.
 * - `dataset`: everybody, unless the dataset in the path is private; then only who may read. The
 *   handler shows callers without that right what is public and nothing else.
 * - `stream`: as `dataset`, for answers that last. A ticket may stand for the token, and the answer
 *   ends when the caller loses the right.
 * - `write`: who may change documents and read all of them. What a write answers (conflicts,
 *   revisions, documents, what a query selected) tells of stored documents.
 * - `issueTokens`: as `manage`, but not with a session, which could otherwise outlive its own end.
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

const DEMANDED: Readonly<Record<Exclude<Access, 'anyone' | 'signedIn'>, readonly Permission[]>> = {
  dataset: ['read'],
  stream: ['read'],
  read: ['read'],
  history: ['read', 'history'],
  write: ['create', 'update', 'read'],
  manage: ['manage'],
  issueTokens: ['manage'],
}

/**
 * Why the caller may not come in; null when they may.
 * @param aclMode Of the dataset in the path; asked for only where the route depends on it.
 * @returns 401 for a caller without a token, 403 for one whose role lacks a permission.
 */
export const refusalOf = (
  access: Access,
  caller: Caller,
  aclMode: () => AclMode,
): LakeError | null => {
  if (access === 'anyone') return null
  if (access === 'signedIn') {
    return caller.user === null ? unauthorized('Nobody is signed in: send a token.') : null
  }
  const demanded = DEMANDED[access]
  if (access === 'issueTokens' && caller.isSession && can(caller, 'manage')) {
    return forbidden('A session cannot make tokens, which would outlive it: use a token for that.')
  }
  const lacking = demanded.find((permission) => !can(caller, permission))
  if (lacking === undefined) return null
  if ((access === 'dataset' || access === 'stream') && aclMode() === 'public') return null
  if (caller.user === null) return unauthorized(`A token is needed to ${VERBS[lacking]}.`)
  return insufficientPermissionsError(lacking)
}

/** What part of a dataset a caller may read. */
export interface Reader {
  readonly identity: string
  /** Drafts, versions and every other id with a dot in it, beside the published documents. */
  readonly includePrivate: boolean
}

/** For a caller who may read the dataset at all: see `mayRead`, and the access of routes. */
export const readerOf = (caller: Caller): Reader => ({
  identity: identityOf(caller),
  includePrivate: can(caller, 'read'),
})

/** Whether the caller may read anything of a dataset. */
export const mayRead = (caller: Caller, aclMode: AclMode): boolean =>
  aclMode === 'public' || can(caller, 'read')
