import type {DocumentSource} from '@copydesk/groq/engine'

import {type Perspective, perspectiveName} from '../core/perspective.ts'
import type {RowReader} from './caches/rememberedRows.ts'
import type {Documents} from './documents/documents.ts'
import {createStoredJson} from './documents/storedJson.ts'
import {viewDocuments} from './documents/viewedDocuments.ts'
import {createView} from './documents/views.ts'
import type {AccessContext} from './indexes/accessContext.ts'
import {createAccessPaths} from './indexes/accessPaths.ts'
import {createEstimates} from './indexes/estimates.ts'
import {createPlaces} from './indexes/values/places.ts'

/** Through which perspective, and whether with everything that only signed-in readers may see. */
export interface SourceOptions {
  readonly perspective: Perspective
  /** False: published documents without a dot in the id, whatever the perspective. */
  readonly includePrivate: boolean
}

/** Sources kept ready; any number of release stacks can be asked for. */
const MAX_KEPT = 64

/** The dataset as queries see it, one source for each perspective. */
export const createSources = (
  context: AccessContext,
  /** Past the rows that are remembered: documents are not among them. */
  file: RowReader,
  documents: Documents,
  overlayVersion: () => number,
  revision: () => number,
): ((options: SourceOptions) => DocumentSource) => {
  const kept = new Map<string, DocumentSource>()
  const estimate = createEstimates(context, revision)
  return ({perspective, includePrivate}) => {
    const name = includePrivate ? perspectiveName(perspective) : ''
    let source = kept.get(name)
    if (!source) {
      const {connection, counters} = context
      const view = createView({connection, counters, overlayVersion}, perspective, includePrivate)
      const viewed = viewDocuments(documents, view)
      const places = createPlaces(context, view)
      source = {
        scan: () => viewed.load(places.all()),
        get: viewed.get,
        getMany: viewed.getMany,
        get loads() {
          return documents.parsed
        },
        access: createAccessPaths(context, estimate, view, places, viewed),
        ...(!view.addsOriginalId && {
          json: createAccessPaths(context, estimate, view, places, createStoredJson(file, view)),
        }),
      }
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(name, source)
    }
    return source
  }
}
