import {proofOf} from '../access/proof.ts'
import {rightsOf} from './cors.ts'
import {json} from './respond.ts'
import {route} from './route.ts'
import {parametersOf} from './search.ts'

/** Whether the lake is there, and whether a page may use it. */
export const healthRoute = route('GET', '/health', 'anyone', ({lake, request}) => {
  const challenge = parametersOf(request.search).get('challenge')
  return json({
    status: 'ok',
    projectId: lake.projectId,
    ...(challenge !== null && {proof: proofOf(lake.token, challenge)}),
  })
})

export const statusRoutes = [
  route('GET', '/ping', 'anyone', () => json({pong: true})),
  route('GET', '/data/ping/:dataset', 'anyone', ({lake, path}) => {
    lake.datasets.get(path['dataset'] ?? '')
    return json({pong: true})
  }),
  // The Studio asks after a network failure: `false` makes it explain how to allow an origin.
  route('GET', '/check/cors', 'anyone', ({lake, request}) => {
    const rights = rightsOf(request, lake) ?? 'everything'
    const result = {allowed: rights !== 'nothing', withCredentials: rights === 'everything'}
    return json({result})
  }),
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
