/**
 * Stub routes: requests of the official tools for which a lake has nothing to do. They get an
 * empty response, so that the tools go on. All stubs are here: every other route does what its
 * name says, or answers 501.
 */
import type {JsonObject} from '../../core/document.ts'
import {json} from '../exchange/respond.ts'
import {type Route, route} from './route.ts'

interface StubRoute {
  readonly method: Route['method']
  readonly path: string
  readonly why: string
  readonly answer: JsonObject | readonly JsonObject[]
}

export const STUBS: readonly StubRoute[] = [
  {
    method: 'GET',
    path: '/intake/telemetry-status',
    why: 'asks whether the user agreed to telemetry',
    answer: {status: 'denied'},
  },
  {method: 'POST', path: '/intake/*', why: 'telemetry; nothing is kept', answer: {}},
  {method: 'GET', path: '/journey/*', why: 'tips and announcements', answer: []},
  {method: 'POST', path: '/journey/*', why: 'telemetry of the trial', answer: {}},
  {method: 'GET', path: '/help', why: 'links of the help menu', answer: {}},
  {
    method: 'GET',
    path: '/schedules/:project/:dataset',
    why: 'the retired scheduling plugin; releases replace it',
    answer: {schedules: []},
  },
  {
    method: 'GET',
    path: '/projects/:project/user-applications',
    why: 'Studios deployed to sanity.studio',
    answer: [],
  },
  {method: 'GET', path: '/access/requests/me', why: 'requests to join', answer: []},
  {
    method: 'GET',
    path: '/projects/:project/datasets/:dataset/settings/indexing',
    why: 'search settings of a hosted plan',
    answer: {},
  },
  {
    method: 'GET',
    path: '/datasets/:dataset/settings/embeddings',
    why: 'embeddings, a hosted feature',
    answer: {enabled: false},
  },
  {
    method: 'GET',
    path: '/projects/:project/datasets/:dataset/settings/embeddings',
    why: 'embeddings, a hosted feature',
    answer: {enabled: false},
  },
  {method: 'GET', path: '/media-libraries', why: 'a hosted product', answer: {data: []}},
  {method: 'GET', path: '/descriptors/*', why: 'schema registry', answer: {}},
  {method: 'POST', path: '/descriptors/*', why: 'schema registry', answer: {}},
  {method: 'PUT', path: '/descriptors/*', why: 'schema registry', answer: {}},
  {
    method: 'GET',
    path: '/subscriptions/*',
    why: 'billing',
    // The page of a published release reads from it for how many days history is kept.
    answer: {featureTypes: {retention: {features: [{attributes: {}}]}}},
  },
]

export const stubRoutes = STUBS.map(({method, path, answer}) =>
  route(method, path, 'anyone', () => json(answer)),
)
