import {compareText} from '@copydesk/groq/engine'

import type {StoredDocument} from '../../core/document.ts'
import type {Shown} from '../caches/documentCache.ts'
import type {Place} from '../indexes/values/place.ts'
import type {Documents} from './documents.ts'
import type {View} from './views.ts'

/** What a view shows of the documents: the reading side of a perspective. */
export interface ViewedDocuments {
  get(id: string): StoredDocument | undefined
  getMany(ids: readonly string[]): ReadonlyMap<string, StoredDocument>
  /** The documents at places that the view shows, in the order given, read a few at a time. */
  load(places: Iterable<Place>): Iterable<StoredDocument>
  /** Those that the view shows, in `_id` order. */
  loadIds(ids: readonly string[]): Iterable<StoredDocument>
}

/** Documents read at once at the beginning of a list, and at most. */
const FIRST_WINDOW = 4
const LAST_WINDOW = 64

/**
 * A document under its group's id, as stacks of drafts and releases show it. Made once for each
 * stored document, and forgotten along with it.
 */
const renamed = new WeakMap<StoredDocument, StoredDocument>()

const rename = (document: StoredDocument, group: string): StoredDocument => {
  let copy = renamed.get(document)
  if (!copy) {
    copy = {...document, _id: group, _originalId: document._id}
    renamed.set(document, copy)
  }
  return copy
}

export const viewDocuments = (documents: Documents, view: View): ViewedDocuments => {
  /** @param group Under which a stack shows it. */
  const present = view.addsOriginalId
    ? ({document}: Shown, group: string): StoredDocument => rename(document, group)
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
        result.set(id, present(shown, id))
        return false
      })
    }
    return result
  }

  return {
    get(id) {
      for (const layer of view.layersOf(id)) {
        const shown = documents.find(layer + id)
        if (shows(shown)) return present(shown, id)
      }
      return undefined
    },
    getMany,
    load: (places) => (Array.isArray(places) && allAtHand(places)) || read(places),
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

  /** A short list whose documents are all in memory. */
  function allAtHand(places: readonly Place[]): StoredDocument[] | undefined {
    const found: StoredDocument[] = []
    for (const {layer, group} of places) {
      const known = documents.peek(layer + group)
      if (!known) return undefined
      found.push(present(known, group))
    }
    return found
  }

  function* read(places: Iterable<Place>): Generator<StoredDocument> {
    const iterator = places[Symbol.iterator]()
    let size = FIRST_WINDOW
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const {layer, group} = next.value
      const known = documents.peek(layer + group)
      if (known) {
        yield present(known, group)
        continue
      }
      // One that must be read is read together with those that follow.
      const window = [next.value, ...take(iterator, size - 1)]
      const found = documents.findInTurn(
        window.map((place) => place.layer + place.group),
        size === LAST_WINDOW,
      )
      for (const place of window) {
        const shown = found(place.layer + place.group)
        if (shown) yield present(shown, place.group)
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
