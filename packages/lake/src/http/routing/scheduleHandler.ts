import type {LakeResponse} from '../../core/lakeRequest.ts'
import type {Lane} from '../../core/requestScheduler.ts'
import {admitStill} from './checkAccess.ts'
import {type Exchange, type Handler, laneOfCaller} from './route.ts'

/**
 * Work on the serving thread that many requests at once can ask for. It is done at once, or in a
 * later turn of the event loop when this one has had enough: see turnAllowance.ts.
 * @param work Gets the caller as they are when it begins.
 * @param lane Asked only when it may have to wait.
 * @param bytes Of the request's body.
 * @throws 429 when too much waits, 401 or 403 when the caller has lost the right meanwhile.
 */
export const inTurn = (
  exchange: Exchange,
  work: Handler,
  lane: (exchange: Exchange) => Lane = laneOfCaller,
  bytes = 0,
): LakeResponse | Promise<LakeResponse> => {
  let hasWaited = false
  const answered = exchange.lake.turns.pass(
    () => lane(exchange),
    () => {
      if (!hasWaited) return work(exchange)
      const {dataset} = exchange.path
      // What is being emptied is there again in a moment.
      const settling = dataset === undefined ? undefined : exchange.lake.datasets.settling(dataset)
      return settling === undefined
        ? late(exchange, work)
        : settling.then(() => late(exchange, work))
    },
    bytes,
  )
  hasWaited = true
  return answered
}

/** The caller may have lost the right meanwhile. */
const late = (exchange: Exchange, work: Handler): LakeResponse | Promise<LakeResponse> => {
  admitStill(exchange)
  return work({...exchange, caller: exchange.lake.tokens.now(exchange.caller)})
}
