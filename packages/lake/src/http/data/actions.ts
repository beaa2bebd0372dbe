import type {LakeResponse} from '../../core/exchange.ts'
import {MAX_MUTATION_BYTES} from '../../core/limits.ts'
import {inTurn} from '../routing/inTurn.ts'
import {type Exchange, route} from '../routing/route.ts'
import {checkTag, flag, parametersOf} from './search.ts'
import {isStudioEdit} from './studioEdit.ts'
import {write, writeRequest} from './writing.ts'

/** What a Studio does to documents and releases: edit, publish, schedule and the like. */
const act = async (exchange: Exchange): Promise<LakeResponse> => {
  const {lake, path, request} = exchange
  const name = path['dataset'] ?? ''
  lake.datasets.get(name)
  const parameters = parametersOf(request.search)
  checkTag(parameters)
  const asked = writeRequest(exchange, 'actions', {
    transactionId: parameters.get('transactionId') ?? undefined,
    dryRun: flag(parameters, 'dryRun'),
    sentUntilAnswered: isStudioEdit(parameters),
    skipCrossDatasetReferenceValidation: flag(parameters, 'skipCrossDatasetReferenceValidation'),
  })
  // Only when it has arrived: one that does not must not keep others from their turn.
  const body = await request.body(MAX_MUTATION_BYTES)
  // It may have been emptied while the body arrived.
  await lake.datasets.ready(name)
  return inTurn(
    exchange,
    (now) => {
      const dataset = lake.datasets.get(name)
      return dataset.mutationsAtOnce.pass(() => write(now, dataset, asked, body))
    },
    // In one lane, so that the order of arrival stays.
    () => 'write',
    body.length,
  )
}

export const actionRoutes = [route('POST', '/data/actions/:dataset', 'write', act)]
