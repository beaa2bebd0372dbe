import type {StoredDocument} from '../document.ts'
import type {Shown} from './documentCache.ts'
import type {Documents} from './documents.ts'
import type {Place} from './place.ts'
import type {View} from './views.ts'

/** What a view shows of the documents: the reading side of a perspective. */
export interface ViewedDocuments {
  get(id: string): StoredDocument | undefined
  getMany(ids: readonly string[]): ReadonlyMap<string, StoredDocument>
  /** The documents at places that the view shows, in the order given, read a few at a time. */
  load(places: Iterable<Place>): Iterable<StoredDocument>
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
  const present = view.addsOriginalId
    ? ({document}: Shown, {group}: Place): StoredDocument => rename(document, group)
    : ({document}: Shown): StoredDocument => document
  const shows = (shown: Shown | undefined): shown is Shown =>
    shown !== undefined && !(view.leavesOutHidden && shown.hidden)

  return {
    get(id) {
      for (const place of view.placesOf(id)) {
        const shown = documents.find(place.layer + place.group)
        if (shows(shown)) return present(shown, place)
      }
      return undefined
    },
    getMany(ids) {
      const result = new Map<string, StoredDocument>()
      let open = ids.map((id) => ({id, places: view.placesOf(id)}))
      for (let turn = 0; open.length > 0; turn += 1) {
        open = open.filter(({places}) => turn < places.length)
        const found = documents.findMany(
          open.flatMap(({places}) => places[turn] ?? []),
          false,
        )
        open = open.filter(({id, places}) => {
          const place = places[turn]
          const shown = place && found.get(place.layer + place.group)
          if (!place || !shows(shown)) return true
          result.set(id, present(shown, place))
          return false
        })
      }
      return result
    },
    *load(places) {
      const iterator = places[Symbol.iterator]()
      for (let size = FIRST_WINDOW; ; size = Math.min(size * 2, LAST_WINDOW)) {
        const window: Place[] = []
        while (window.length < size) {
          const next = iterator.next()
          if (next.done) break
          window.push(next.value)
        }
        const found = documents.findMany(window, size === LAST_WINDOW)
        for (const place of window) {
          const shown = found.get(place.layer + place.group)
          if (shown) yield present(shown, place)
        }
        if (window.length < size) return
      }
    },
  }
}
