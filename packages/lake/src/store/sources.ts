/**
 * Makes the sources through which GROQ reads a dataset: one for each perspective, backed by the
 * documents and indexes in SQLite.
 */
import type {DocumentSource} from '@copydesk/groq/engine'

import {type Perspective, perspectiveName} from '../core/perspective.ts'
import type {RowReader} from './caches/rememberedRows.ts'
import type {DocumentTable} from './documents/documentTable.ts'
import {createStoredJson} from './documents/storedJson.ts'
import {viewDocuments} from './documents/viewedDocuments.ts'
import {createView} from './documents/views.ts'
import {createAccessPaths} from './indexes/read/accessPaths.ts'
import {createEstimates} from './indexes/read/estimates.ts'
import type {ReadIndexes} from './indexes/read/indexLookup.ts'
import {createIndexReader} from './indexes/read/indexReader.ts'

export interface SourceOptions {
  readonly perspective: Perspective
  /** False shows only published documents without a dot in the id, whatever the perspective. */
  readonly includePrivate: boolean
}

/** Sources kept for reuse. Bounded, because clients can request any stack of releases. */
const MAX_KEPT = 64

export const createSources = (
  context: ReadIndexes,
  /** Reads rows without the row cache, which holds no documents. */
  file: RowReader,
  documents: DocumentTable,
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
      const reader = createIndexReader(context, view)
      source = {
        scan: () => viewed.load(reader.all()),
        get: viewed.get,
        getMany: viewed.getMany,
        get loads() {
          return documents.parsed
        },
        access: createAccessPaths(context, estimate, view, reader, viewed),
        ...(!view.addsOriginalId && {
          json: createAccessPaths(context, estimate, view, reader, createStoredJson(file, view)),
        }),
      }
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(name, source)
    }
    return source
  }
}
