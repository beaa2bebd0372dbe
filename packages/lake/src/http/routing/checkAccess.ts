import {type Access, accessError} from '../../access/accessRules.ts'
import {type Caller, can} from '../../access/caller.ts'
import {LakeError} from '../../core/errors.ts'
import type {Services} from '../exchange/services.ts'
import type {RequestContext} from './route.ts'

/**
 * Lets a caller in to a route, or not: the one place where what routes declare is checked. It comes
 * before the handler and before the body is read, and looks at no document.
 * @param dataset The one in the path, if there is one. That it exists is the handler's business.
 * @throws 401 or 403, see `accessError`.
 */
export const checkAccess = (
  access: Access,
  lake: Services,
  caller: Caller,
  dataset: string | undefined,
): void => {
  const refusal = accessError(access, caller, () => {
    const record = lake.datasets.list().find(({name}) => name === dataset)
    return record?.aclMode ?? 'public'
  })
  if (refusal !== null) throw refusal
}

/**
 * Checks again, for a request that took its time: a body may arrive long after its head, and the
 * token may have been revoked meanwhile.
 * @throws 401 or 403 when the caller may not do now what they could when the request came.
 */
export const recheckAccess = ({access, lake, caller, path}: RequestContext): void =>
  checkAccess(access, lake, lake.tokens.now(caller), path['dataset'])

/**
 * The parts of a long answer for as long as the caller may have them: who reads slowly does not keep
 * the right. The status is sent by then, so a line of its own says why there is no more.
 */
export const whileAllowed = async function* (
  context: RequestContext,
  parts: AsyncIterable<string>,
): AsyncGenerator<string> {
  for await (const part of parts) {
    if (!stillHasAccess(context)) {
      const description = 'The right to read this was lost while it was sent.'
      yield `${JSON.stringify({error: {description}})}\n`
      return
    }
    yield part
  }
}

/** Whether the caller would be let in now, and would read as much as when the request came. */
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
