/** Health checks: whether the lake runs, and whether a page may use it. */
import {challengeResponse} from '../../access/localFile.ts'
import type {LakeResponse} from '../../core/lakeRequest.ts'
import {parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {rightsOf} from '../routing/cors.ts'
import {type RequestContext, route} from '../routing/route.ts'

const health = ({lake, request}: RequestContext): LakeResponse => {
  const challenge = parametersOf(request.search).get('challenge')
  return json({
    status: 'ok',
    projectId: lake.projectId,
    ...(challenge !== null && {proof: challengeResponse(lake.token, challenge)}),
  })
}

const checkCors = ({lake, request}: RequestContext): LakeResponse => {
  const rights = rightsOf(request, lake) ?? 'everything'
  const result = {allowed: rights !== 'nothing', withCredentials: rights === 'everything'}
  return json({result})
}

export const healthRoute = route('GET', '/health', 'anyone', health, 'all')

export const statusRoutes = [
  route('GET', '/ping', 'anyone', () => json({pong: true}), 'all'),
  route('GET', '/data/ping/:dataset', 'anyone', ({lake, path}) => {
    lake.datasets.get(path['dataset'] ?? '')
    return json({pong: true})
  }),
  // The Studio calls it after a network error: `false` makes it explain how to allow an origin.
  route('GET', '/check/cors', 'anyone', checkCors, 'all'),
  route('GET', '/features', 'anyone', () =>
    json([
      'contentReleases',
      'studioComments',
      'sanityTasks',
      'scheduledPublishing',
      'singleDocRelease',
      'crossDatasetReferences',
      'privateDataset',
    ]),
  ),
]
