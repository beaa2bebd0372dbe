/**
 * Makes the sources through which GROQ reads a dataset: one for each perspective, backed by the
 * documents and indexes in SQLite.
 */
import type {DocumentSource} from '@copydesk/groq/engine'

import {createCache} from '../core/cache/cache.ts'
import {type FastOption, isFast} from '../core/fast.ts'
import {type Perspective, perspectiveName} from '../core/perspective.ts'
import type {DocumentTable} from './documents/documentTable.ts'
import {viewDocuments} from './documents/viewedDocuments.ts'
import {createView} from './documents/views.ts'
import type {RowReader} from './fast/rememberedRows.ts'
import {createStoredJson} from './fast/storedJson.ts'
import {createAccessPaths} from './indexes/read/accessPaths.ts'
import {createEstimates} from './indexes/read/estimates.ts'
import type {ReadIndexes} from './indexes/read/indexLookup.ts'
import {createIndexReader} from './indexes/read/indexReader.ts'

export interface SourceOptions {
  readonly perspective: Perspective
  /** False shows only published documents without a dot in the id, whatever the perspective. */
  readonly includePrivate: boolean
}

/** Approximate size of a source. The cache has a bound because clients can request any stack of releases. */
const SOURCE_BYTES = 16_384

export const createSources = (
  context: ReadIndexes,
  /** Reads rows without the row cache, which holds no documents. */
  file: RowReader,
  documents: DocumentTable,
  overlayVersion: () => number,
  fast?: FastOption,
): ((options: SourceOptions) => DocumentSource) => {
  const cache = createCache<DocumentSource>('sources', {fast})
  const readsStored = isFast(fast, 'storedJson')
  const estimate = createEstimates(context)
  return ({perspective, includePrivate}) => {
    const name = includePrivate ? perspectiveName(perspective) : ''
    let source = cache.get(name)
    if (!source) {
      const {connection, counters} = context
      const view = createView({connection, counters, overlayVersion}, perspective, includePrivate)
      const viewed = viewDocuments(documents, view)
      const reader = createIndexReader(context, view)
      source = {
        scan: () => viewed.load(reader.all()),
        get: viewed.get,
        access: createAccessPaths(context, estimate, view, reader, viewed),
        ...(readsStored &&
          !view.addsOriginalId && {
            json: createAccessPaths(context, estimate, view, reader, createStoredJson(file, view)),
          }),
      }
      cache.set(name, source, SOURCE_BYTES)
    }
    return source
  }
}
