import type {DocumentSource} from '../groq/source.ts'
import {type Perspective, perspectiveName} from '../perspective.ts'
import type {AccessContext} from './accessContext.ts'
import {createAccessPaths} from './accessPaths.ts'
import type {Documents} from './documents.ts'
import {createEstimates} from './estimates.ts'
import {createPlaces} from './places.ts'
import type {RowReader} from './rememberedRows.ts'
import {createStoredJson} from './storedJson.ts'
import {viewDocuments} from './viewedDocuments.ts'
import {createView} from './views.ts'

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
