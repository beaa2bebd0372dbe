/** Copying a dataset, and the jobs by which clients follow a copy. */
import {encode} from 'eventsource-encoder'

import {identityOf} from '../../access/caller.ts'
import type {JsonObject} from '../../core/document.ts'
import {badRequest, notFound} from '../../core/errors.ts'
import {optionalJsonBody} from '../../core/jsonBody.ts'
import {MAX_SMALL_BODY_BYTES} from '../../core/limits.ts'
import type {CopyJob} from '../../datasets/copyJobs.ts'
import {eventStream, once} from '../data/streamResponse.ts'
import {parametersOf, wholeNumber} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, type Handler, route} from '../routing/route.ts'

const copy: Handler = async (context) => {
  const {lake, caller, path, request} = context
  if (path['project'] !== undefined) lake.checkProject(path['project'])
  const {targetDataset, skipHistory, skipContentReleases} = await optionalJsonBody(
    request,
    MAX_SMALL_BODY_BYTES,
  )
  if (typeof targetDataset !== 'string') throw badRequest('"targetDataset" must name a dataset.')
  const sourceDataset = path['dataset'] ?? ''
  const started = lake.now()
  await lake.datasets.copy(sourceDataset, targetDataset, {
    skipHistory: skipHistory === true,
    skipReleases: skipContentReleases === true,
    author: identityOf(caller),
  })
  const jobId = lake.jobs.done({
    description: `Copied ${sourceDataset} to ${targetDataset}`,
    sourceDataset,
    targetDataset,
    withHistory: skipHistory !== true,
    started,
  })
  return json({
    datasetName: sourceDataset,
    message: `Copied dataset ${sourceDataset} to ${targetDataset}`,
    aclMode: lake.datasets.get(targetDataset).record().aclMode,
    jobId,
  })
}

/** Documented: ten jobs by default, a thousand at most. */
const list = ({lake, path, request}: RequestContext): JsonObject[] => {
  lake.checkProject(path['project'] ?? '')
  const parameters = parametersOf(request.search)
  const offset = wholeNumber(parameters, 'offset', {otherwise: 0, least: 0, most: 1_000_000})
  const limit = wholeNumber(parameters, 'limit', {otherwise: 10, least: 1, most: 1000})
  return lake.jobs
    .list()
    .slice(offset, offset + limit)
    .map(describeCopy)
}

const describeCopy = ({id, state, copied, created_at, updated_at}: CopyJob): JsonObject => ({
  id,
  state,
  ...copied,
  createdAt: created_at,
  updatedAt: updated_at,
})

const jobOf = ({lake, path}: RequestContext): JsonObject => {
  const job = lake.jobs.get(path['job'] ?? '')
  if (job === undefined) throw notFound('There is no such job.')
  const {copied: _, ...description} = job
  return description
}

export const copyRoutes = [
  route('PUT', '/datasets/:dataset/copy', 'manage', copy),
  // As documented; the CLI sends it without the project.
  route('PUT', '/projects/:project/datasets/:dataset/copy', 'manage', copy),
  route('GET', '/projects/:project/datasets/copy', 'manage', (context) => json(list(context))),
  route('GET', '/jobs/:job', 'read', (context) => json(jobOf(context))),
  // Needs no token: only the client that started the job knows its id.
  route('GET', '/jobs/:job/listen', 'anyone', (context) => {
    const event = {event: 'job', data: JSON.stringify(jobOf(context))}
    return eventStream(once(encode(event) + encode({event: 'done', data: '{}'})))
  }),
]
