/**
 * `POST /data/mutate` and `POST /data/actions`: changing documents. Every visibility is answered the
 * same way: the change is committed before the response, and the next query sees it.
 */
import {isUint8Array} from 'node:util/types'

import {identityOf} from '../../access/caller.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {MAX_MUTATION_BYTES} from '../../core/limits.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import type {MutateOptions} from '../../write/mutations/applyMutations.ts'
import type {WriteClient, WriteRequest} from '../../writer/writeRequest.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'
import {json, rawJson} from '../exchange/respond.ts'
import {recheckAccess} from '../routing/checkAccess.ts'
import {type RequestContext, type Handler, route} from '../routing/route.ts'
import {schedule} from '../routing/scheduleHandler.ts'

/** @param optionsOf Reads the options that only this kind of write has. */
const writeHandler =
  (
    kind: WriteRequest['kind'],
    optionsOf: (parameters: URLSearchParams) => MutateOptions = () => ({}),
  ): Handler =>
  async (context) => {
    const {lake, path, request} = context
    const name = path['dataset'] ?? ''
    lake.datasets.get(name)
    const parameters = parametersOf(request.search)
    checkTag(parameters)
    const writing = writeRequest(context, kind, {
      transactionId: parameters.get('transactionId') ?? undefined,
      dryRun: flag(parameters, 'dryRun'),
      sentUntilAnswered: isStudioEdit(parameters),
      skipCrossDatasetReferenceValidation: flag(parameters, 'skipCrossDatasetReferenceValidation'),
      ...optionsOf(parameters),
    })
    // Read first: a body that never arrives must not hold up other writes.
    const body = await request.body(MAX_MUTATION_BYTES)
    // The dataset may have been emptied while the body arrived.
    await lake.datasets.ready(name)
    return schedule(
      context,
      (current) => {
        const dataset = lake.datasets.get(name)
        return dataset.mutationLimit.run(() => write(current, dataset, writing, body))
      },
      // All writes share a lane, which keeps them in the order of arrival.
      () => 'write',
      body.length,
    )
  }

const write = async (
  context: RequestContext,
  dataset: Dataset,
  request: WriteRequest,
  body: Uint8Array,
): Promise<LakeResponse> => {
  const result = await dataset.writer.write(request, body, writeClient(context))
  return isUint8Array(result) ? rawJson(result) : json(result)
}

/** The client that waits for a write; its right to write is checked again when the write begins. */
export const writeClient = (context: RequestContext): WriteClient => ({
  get signal() {
    return context.request.signal
  },
  admit: () => recheckAccess(context),
})

/** A write on behalf of the caller, whose access the route has checked. */
export const writeRequest = (
  {caller}: RequestContext,
  kind: WriteRequest['kind'],
  options: MutateOptions,
): WriteRequest => ({kind, author: identityOf(caller), caller, options})

/** The tag of an edit in the Studio; all of its requests have the prefix `sanity.studio`. */
const STUDIO_EDIT = 'sanity.studio.document.commit'

/**
 * Whether the request is an edit from the Studio's queue. Only that queue sends a request again under
 * another transaction id until it is answered (`BufferedDocument` in `@sanity/mutator`). Any other
 * client that sends the same request twice wants two writes.
 */
const isStudioEdit = (parameters: URLSearchParams): boolean => parameters.get('tag') === STUDIO_EDIT

const mutateOptions = (parameters: URLSearchParams): MutateOptions => ({
  returnIds: flag(parameters, 'returnIds'),
  returnDocuments: flag(parameters, 'returnDocuments'),
  autoGenerateArrayKeys: flag(parameters, 'autoGenerateArrayKeys'),
})

export const writeRoutes = [
  route('POST', '/data/mutate/:dataset', 'write', writeHandler('mutations', mutateOptions)),
  route('POST', '/data/actions/:dataset', 'write', writeHandler('actions')),
]
