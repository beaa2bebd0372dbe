import type {JsonObject} from '../document.ts'
import {MAX_MUTATION_BYTES} from '../limits.ts'
import {applyActions} from '../write/applyActions.ts'
import {admitStill} from './admission.ts'
import {jsonBody} from './jsonBody.ts'
import {json} from './respond.ts'
import {type Exchange, route} from './route.ts'
import {checkTag, flag, parametersOf} from './search.ts'
import {isStudioEdit} from './studioEdit.ts'
import {writeContext} from './writing.ts'

/** What a Studio does to documents and releases: edit, publish, schedule and the like. */
const act = async (exchange: Exchange): Promise<JsonObject> => {
  const {lake, path, request} = exchange
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const context = writeContext(exchange, dataset)
  const parameters = parametersOf(request.search)
  checkTag(parameters)
  const options = {
    transactionId: parameters.get('transactionId') ?? undefined,
    dryRun: flag(parameters, 'dryRun'),
    sentUntilAnswered: isStudioEdit(parameters),
    skipCrossDatasetReferenceValidation: flag(parameters, 'skipCrossDatasetReferenceValidation'),
  }
  // Only when it has arrived: one that does not must not keep others from their turn.
  const body = await jsonBody(request, MAX_MUTATION_BYTES)
  admitStill(exchange)
  return dataset.mutationsAtOnce.pass(() => {
    const {transactionId, commit, settling} = applyActions(dataset.store, body, options, context)
    if (commit !== null) dataset.commits.publish(commit)
    if (settling !== null) dataset.commits.publish(settling)
    return {transactionId}
  })
}

export const actionRoutes = [
  route('POST', '/data/actions/:dataset', 'write', async (exchange) => json(await act(exchange))),
]
