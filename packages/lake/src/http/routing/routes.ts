/**
 * The table of all routes. One file per API family defines its routes, in `data/` and `project/`.
 */
import type {Access} from '../../access/accessRules.ts'
import {PRESENCE_ACCESS} from '../../stream/presence.ts'
import {assetRoutes, uploadRoutes} from '../data/assetRoutes.ts'
import {documentRoutes} from '../data/documentRoutes.ts'
import {exportRoutes} from '../data/exportRoutes.ts'
import {historyRoutes} from '../data/historyRoutes.ts'
import {listenRoutes} from '../data/listenRoutes.ts'
import {liveRoutes} from '../data/liveRoutes.ts'
import {queryRoutes} from '../data/queryRoutes.ts'
import {referenceRoutes} from '../data/referenceRoutes.ts'
import {releaseRoutes} from '../data/releaseRoutes.ts'
import {writeRoutes} from '../data/writeRoutes.ts'
import {copyRoutes} from '../project/copyRoutes.ts'
import {datasetRoutes} from '../project/datasetRoutes.ts'
import {hookRoutes} from '../project/hookRoutes.ts'
import {originRoutes} from '../project/originRoutes.ts'
import {projectRoutes} from '../project/projectRoutes.ts'
import {schemaRoutes} from '../project/schemaRoutes.ts'
import {signInRoutes} from '../project/signInRoutes.ts'
import {healthRoute, statusRoutes} from '../project/statusRoutes.ts'
import {tokenRoutes} from '../project/tokenRoutes.ts'
import {userRoutes} from '../project/userRoutes.ts'
import {stubRoutes} from './stubRoutes.ts'

/** Paths after the version: `/v2025-02-19/data/query/production`. */
export const apiRoutes = [
  ...queryRoutes,
  ...writeRoutes,
  ...historyRoutes,
  ...documentRoutes,
  ...listenRoutes,
  ...liveRoutes,
  ...exportRoutes,
  ...referenceRoutes,
  ...releaseRoutes,
  ...uploadRoutes,
  ...signInRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...projectRoutes,
  ...schemaRoutes,
  ...originRoutes,
  ...hookRoutes,
  ...copyRoutes,
  ...datasetRoutes,
  ...statusRoutes,
  ...stubRoutes,
]

/** Paths without a version. */
export const bareRoutes = [healthRoute, ...assetRoutes]

/** After the version too. Clients send their token over the open socket, so it is checked then. */
export const socketRoute: {readonly path: string; readonly access: Access} = {
  path: '/socket/:dataset',
  access: PRESENCE_ACCESS,
}
