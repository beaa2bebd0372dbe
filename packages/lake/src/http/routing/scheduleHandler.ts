/**
 * Schedules a request's work on the serving thread: at once, or in a later turn of the event loop
 * when too many requests arrive together (see `core/requestScheduler.ts`).
 */
import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import {recheckAccess} from './checkAccess.ts'
import {type RequestContext, type Handler, laneOfCaller} from './route.ts'

/**
 * @param work Called with the caller's present role.
 * @param lane Called only when the work may have to wait.
 * @param bytes Size of the request's body.
 * @throws 429 when too much waits; 401 or 403 when the caller has lost access meanwhile.
 */
export const schedule = (
  context: RequestContext,
  work: Handler,
  lane: (context: RequestContext) => Lane = laneOfCaller,
  bytes = 0,
): LakeResponse | Promise<LakeResponse> => {
  let hasWaited = false
  const answered = context.lake.scheduler.schedule(
    () => lane(context),
    () => {
      if (!hasWaited) return work(context)
      const {dataset} = context.path
      // A dataset that is being emptied will be ready soon.
      const settling = dataset === undefined ? undefined : context.lake.datasets.settling(dataset)
      return settling === undefined ? late(context, work) : settling.then(() => late(context, work))
    },
    bytes,
  )
  hasWaited = true
  return answered
}

/** The caller may have lost access meanwhile. */
const late = (context: RequestContext, work: Handler): LakeResponse | Promise<LakeResponse> => {
  recheckAccess(context)
  return work({...context, caller: context.lake.tokens.now(context.caller)})
}
