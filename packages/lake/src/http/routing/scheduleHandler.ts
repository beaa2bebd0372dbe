import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import {recheckAccess} from './checkAccess.ts'
import {type RequestContext, type Handler, laneOfCaller} from './route.ts'

/**
 * Work on the serving thread that many requests at once can ask for. It is done at once, or in a
 * later turn of the event loop when this one has had enough: see turnAllowance.ts.
 * @param work Gets the caller as they are when it begins.
 * @param lane Asked only when it may have to wait.
 * @param bytes Of the request's body.
 * @throws 429 when too much waits, 401 or 403 when the caller has lost the right meanwhile.
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
      // What is being emptied is there again in a moment.
      const settling = dataset === undefined ? undefined : context.lake.datasets.settling(dataset)
      return settling === undefined ? late(context, work) : settling.then(() => late(context, work))
    },
    bytes,
  )
  hasWaited = true
  return answered
}

/** The caller may have lost the right meanwhile. */
const late = (context: RequestContext, work: Handler): LakeResponse | Promise<LakeResponse> => {
  recheckAccess(context)
  return work({...context, caller: context.lake.tokens.now(context.caller)})
}
