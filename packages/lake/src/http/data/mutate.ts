import type {LakeResponse} from '../../core/exchange.ts'
import {MAX_MUTATION_BYTES} from '../../core/limits.ts'
import {inTurn} from '../routing/inTurn.ts'
import {type Exchange, route} from '../routing/route.ts'
import {checkTag, flag, parametersOf} from './search.ts'
import {isStudioEdit} from './studioEdit.ts'
import {write, writeRequest} from './writing.ts'

/**
 * Changing documents. Every visibility is answered the same way: what is answered is committed,
 * and the next query sees it.
 */
const mutate = async (exchange: Exchange): Promise<LakeResponse> => {
  const {lake, path, request} = exchange
  const name = path['dataset'] ?? ''
  lake.datasets.get(name)
  const parameters = parametersOf(request.search)
  checkTag(parameters)
  const asked = writeRequest(exchange, 'mutations', {
    transactionId: parameters.get('transactionId') ?? undefined,
    dryRun: flag(parameters, 'dryRun'),
    sentUntilAnswered: isStudioEdit(parameters),
    skipCrossDatasetReferenceValidation: flag(parameters, 'skipCrossDatasetReferenceValidation'),
    returnIds: flag(parameters, 'returnIds'),
    returnDocuments: flag(parameters, 'returnDocuments'),
    autoGenerateArrayKeys: flag(parameters, 'autoGenerateArrayKeys'),
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

export const mutateRoutes = [route('POST', '/data/mutate/:dataset', 'write', mutate)]
