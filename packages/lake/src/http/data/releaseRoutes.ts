/** Whether a new release may be created: the Studio asks before it offers to create one. */
import {MAX_ACTIVE_RELEASES} from '../../core/limits.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import {documentsOfTypes} from '../../store/documentsOfTypes.ts'
import {json} from '../exchange/respond.ts'
import {route} from '../routing/route.ts'

export const releaseRoutes = [
  route('GET', '/projects/:project/new-content-release-allowed', 'read', ({lake, path}) => {
    lake.checkProject(path['project'] ?? '')
    const active = lake.datasets.opened().map(activeReleases)
    return json({
      data: {
        orgActiveReleaseCount: active.reduce((sum, count) => sum + count, 0),
        orgActiveReleaseLimit: MAX_ACTIVE_RELEASES,
        defaultOrgActiveReleaseLimit: MAX_ACTIVE_RELEASES,
        datasetReleaseLimit: MAX_ACTIVE_RELEASES,
      },
    })
  }),
]

const activeReleases = ({store}: Dataset): number =>
  documentsOfTypes(store, ['system.release']).filter(
    ({state}) => state === 'active' || state === 'scheduled',
  ).length
