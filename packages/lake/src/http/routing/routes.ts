import type {Access} from '../../access/admission.ts'
import {PRESENCE_ACCESS} from '../../stream/presence.ts'
import {actionRoutes} from '../data/actions.ts'
import {assetRoutes, uploadRoutes} from '../data/assets.ts'
import {docRoutes} from '../data/doc.ts'
import {exportRoutes} from '../data/export.ts'
import {historyRoutes} from '../data/history.ts'
import {listenRoutes} from '../data/listen.ts'
import {liveRoutes} from '../data/live.ts'
import {mutateRoutes} from '../data/mutate.ts'
import {queryRoutes} from '../data/query.ts'
import {referenceRoutes} from '../data/references.ts'
import {releaseRoutes} from '../data/releases.ts'
import {authRoutes} from '../project/auth.ts'
import {copyRoutes} from '../project/copies.ts'
import {datasetRoutes} from '../project/datasets.ts'
import {originRoutes} from '../project/origins.ts'
import {projectRoutes} from '../project/projects.ts'
import {healthRoute, statusRoutes} from '../project/status.ts'
import {tokenRoutes} from '../project/tokens.ts'
import {userRoutes} from '../project/users.ts'
import {inertRoutes} from './inert.ts'

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
