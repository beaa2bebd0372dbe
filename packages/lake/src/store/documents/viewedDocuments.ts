/**
 * Reads whole documents from the document table as one perspective shows them (`views.ts` decides
 * which): in windows that grow, and with the id of their group for drafts and versions.
 */
import {compareText} from '@copydesk/groq/engine'

import {memoiseByObject} from '../../core/cache/memoise.ts'
import type {StoredDocument} from '../../core/document.ts'
import type {Shown} from '../fast/documentCache.ts'
import type {DocumentTable} from './documentTable.ts'
import {type IdParts, idPartsOf} from './idParts.ts'
import type {View} from './views.ts'

export interface ViewedDocuments {
  get(id: string): StoredDocument | undefined
  /** The documents with these ids, which the view shows, in the order given; read in windows. */
  load(ids: Iterable<IdParts>): Iterable<StoredDocument>
  /** Those of the documents that the view shows, in `_id` order. */
  loadIds(ids: readonly string[]): Iterable<StoredDocument>
}

/** How many documents are read at once: at the start of a list, and at most. */
const FIRST_WINDOW = 4
const LAST_WINDOW = 64

/**
 * Copies of documents under the id of their group, as perspectives with drafts or releases show
 * them. Made once for each parsed document, and garbage collected with it.
 */
const rename = memoiseByObject('renamed', (document: StoredDocument): StoredDocument => ({
  ...document,
  _id: idPartsOf(document._id).group,
  _originalId: document._id,
}))

export const viewDocuments = (documents: DocumentTable, view: View): ViewedDocuments => {
  const present = view.addsOriginalId
    ? ({document}: Shown): StoredDocument => rename(document)
    : ({document}: Shown): StoredDocument => document
  const shows = (shown: Shown | undefined): shown is Shown =>
    shown !== undefined && !(view.leavesOutHidden && shown.hidden)

  const getMany = (ids: readonly string[]): ReadonlyMap<string, StoredDocument> => {
    const result = new Map<string, StoredDocument>()
    let open = ids.map((id) => ({id, layers: view.layersOf(id)}))
    for (let turn = 0; open.length > 0; turn += 1) {
      open = open.filter(({layers}) => turn < layers.length)
      const found = documents.findMany(
        open.map(({id, layers}) => `${layers[turn]}${id}`),
        false,
      )
      open = open.filter(({id, layers}) => {
        const shown = found.get(`${layers[turn]}${id}`)
        if (!shows(shown)) return true
        result.set(id, present(shown))
        return false
      })
    }
    return result
  }

  return {
    get(id) {
      for (const layer of view.layersOf(id)) {
        const shown = documents.find(layer + id)
        if (shows(shown)) return present(shown)
      }
      return undefined
    },
    load: read,
    *loadIds(ids) {
      const sorted = ids.toSorted(compareText)
      for (let start = 0; start < sorted.length; start += LAST_WINDOW) {
        const window = sorted.slice(start, start + LAST_WINDOW)
        const found = getMany(window)
        for (const id of window) {
          const document = found.get(id)
          if (document) yield document
        }
      }
    },
  }

  function* read(ids: Iterable<IdParts>): Generator<StoredDocument> {
    const iterator = ids[Symbol.iterator]()
    let size = FIRST_WINDOW
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const {layer, group} = next.value
      const known = documents.peek(layer + group)
      if (known) {
        yield present(known)
        continue
      }
      // Read it together with those that follow.
      const window = [next.value, ...take(iterator, size - 1)]
      const found = documents.findInTurn(
        window.map((parts) => parts.layer + parts.group),
        size === LAST_WINDOW,
      )
      for (const parts of window) {
        const shown = found(parts.layer + parts.group)
        if (shown) yield present(shown)
      }
      size = Math.min(size * 2, LAST_WINDOW)
    }
  }
}

function* take<T>(iterator: Iterator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = iterator.next()
    if (next.done) return
    yield next.value
  }
}
