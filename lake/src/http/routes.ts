import type {Access} from '../access/admission.ts'
import {PRESENCE_ACCESS} from '../stream/presence.ts'
import {actionRoutes} from './actions.ts'
import {assetRoutes, uploadRoutes} from './assets.ts'
import {authRoutes} from './auth.ts'
import {copyRoutes} from './copies.ts'
import {datasetRoutes} from './datasets.ts'
import {docRoutes} from './doc.ts'
import {exportRoutes} from './export.ts'
import {historyRoutes} from './history.ts'
import {inertRoutes} from './inert.ts'
import {listenRoutes} from './listen.ts'
import {liveRoutes} from './live.ts'
import {mutateRoutes} from './mutate.ts'
import {originRoutes} from './origins.ts'
import {projectRoutes} from './projects.ts'
import {queryRoutes} from './query.ts'
import {referenceRoutes} from './references.ts'
import {releaseRoutes} from './releases.ts'
import {healthRoute, statusRoutes} from './status.ts'
import {tokenRoutes} from './tokens.ts'
import {userRoutes} from './users.ts'

/** Paths below a version: `/v2025-02-19/data/query/production`. */
export const apiRoutes = [
  ...queryRoutes,
  ...mutateRoutes,
  ...actionRoutes,
  ...historyRoutes,
  ...docRoutes,
  ...listenRoutes,
  ...liveRoutes,
  ...exportRoutes,
  ...referenceRoutes,
  ...releaseRoutes,
  ...uploadRoutes,
  ...authRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...projectRoutes,
  ...originRoutes,
  ...copyRoutes,
  ...datasetRoutes,
  ...statusRoutes,
  ...inertRoutes,
]

/** Paths without one. */
export const bareRoutes = [healthRoute, ...assetRoutes]

/** Below a version too. Its clients send their token when they are connected, so it is checked then. */
export const socketRoute: {readonly path: string; readonly access: Access} = {
  path: '/socket/:dataset',
  access: PRESENCE_ACCESS,
}
