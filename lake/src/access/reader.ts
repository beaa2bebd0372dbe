import {insufficientPermissionsError, unauthorized} from '../errors.ts'
import {type Caller, can, identityOf} from './caller.ts'
import type {AclMode} from './project.ts'

/** What part of a dataset a caller may read. */
export interface Reader {
  readonly identity: string
  /** Drafts, versions and every other id with a dot in it, beside the published documents. */
  readonly includePrivate: boolean
}

/** @throws 401 or 403 when the dataset is private and the caller may not read it. */
export const readerOf = (caller: Caller, aclMode: AclMode): Reader => {
  const includePrivate = can(caller, 'read')
  if (!includePrivate && aclMode === 'private') {
    if (caller.user === null) throw unauthorized('A token is needed to read a private dataset.')
    throw insufficientPermissionsError('read')
  }
  return {identity: identityOf(caller), includePrivate}
}
