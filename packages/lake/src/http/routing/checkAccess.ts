/**
 * Checks access: whether a caller may call a route, before the handler runs, before its body is
 * read and without reading a document; and again during requests that take long.
 */
import {type Access, accessError} from '../../access/accessRules.ts'
import {type Caller, can} from '../../access/caller.ts'
import {LakeError} from '../../core/errors.ts'
import type {Services} from '../exchange/services.ts'
import type {RequestContext} from './route.ts'

/**
 * The only place where the access rules of routes are checked.
 * @param dataset The dataset in the path, if any. The handler checks that it exists.
 * @throws 401 or 403, see `accessError`.
 */
export const checkAccess = (
  access: Access,
  lake: Services,
  caller: Caller,
  dataset: string | undefined,
): void => {
  const error = accessError(access, caller, () => {
    const record = lake.datasets.list().find(({name}) => name === dataset)
    return record?.aclMode ?? 'public'
  })
  if (error !== null) throw error
}

/**
 * Checks access again: a body may arrive long after the head of its request, and the token may have
 * been revoked since.
 * @throws 401 or 403 when the caller has lost access.
 */
export const recheckAccess = ({access, lake, caller, path}: RequestContext): void =>
  checkAccess(access, lake, lake.tokens.now(caller), path['dataset'])

/**
 * Passes on the parts of a long response while the caller has access: reading slowly does not keep
 * it. The status is already sent, so the last line is an error that says why the response ends.
 */
export const whileAllowed = async function* (
  context: RequestContext,
  parts: AsyncIterable<string>,
): AsyncGenerator<string> {
  for await (const part of parts) {
    if (!stillHasAccess(context)) {
      const description = 'Access was lost while this response was sent.'
      yield `${JSON.stringify({error: {description}})}\n`
      return
    }
    yield part
  }
}

/** Whether the caller still has the access that they had when the request came. */
export const stillHasAccess = (context: RequestContext): boolean => {
  const {lake, caller} = context
  try {
    recheckAccess(context)
    return can(lake.tokens.now(caller), 'read') === can(caller, 'read')
  } catch (error) {
    if (error instanceof LakeError) return false
    throw error
  }
}
