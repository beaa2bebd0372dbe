import {identityOf} from '../../access/caller.ts'
import type {LakeResponse} from '../../core/exchange.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import type {MutateOptions} from '../../write/mutations/applyMutations.ts'
import type {WriteRequest} from '../../writer/writeRequest.ts'
import type {WriteClient} from '../../writer/writes.ts'
import {json, rawJson} from '../exchange/respond.ts'
import {admitStill} from '../routing/admission.ts'
import type {Exchange} from '../routing/route.ts'

/** Does a mutate or actions request on behalf of the caller. */
export const write = async (
  exchange: Exchange,
  dataset: Dataset,
  request: WriteRequest,
  body: Uint8Array,
): Promise<LakeResponse> => {
  const answer = await dataset.writes.write(request, body, writeClient(exchange))
  return answer instanceof Uint8Array ? rawJson(answer) : json(answer)
}

/** Who waits for a write, and must still be allowed to when its turn comes. */
export const writeClient = (exchange: Exchange): WriteClient => ({
  get signal() {
    return exchange.request.signal
  },
  admit: () => admitStill(exchange),
})

/** A request of the caller, whom the route has let in. */
export const writeRequest = (
  {caller}: Exchange,
  kind: WriteRequest['kind'],
  options: MutateOptions,
): WriteRequest => ({kind, author: identityOf(caller), caller, options})
