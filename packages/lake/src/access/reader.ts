import {type Caller, can, identityOf} from './caller.ts'
import type {AclMode} from './project.ts'

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
