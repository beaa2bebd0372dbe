/**
 * What a perspective shows of the stored documents: which layers take part, which of their rows
 * show, and under what id.
 *
 * Between published documents and drafts the `hidden` mark of each row decides. It is updated with
 * every write, so the drafts perspective reads indexes as fast as the published one. Releases are
 * small (a documented limit), so which of their versions show is a table in memory.
 */
import {compareText} from '@copydesk/groq/engine'

import type {Perspective} from '../../core/perspective.ts'
import type {RowReader} from '../fast/rememberedRows.ts'
import {textOf} from '../file/sqliteConnection.ts'
import type {Count, Counters} from './counters.ts'
import {DRAFTS_LAYER, PUBLISHED_LAYER, type IdParts, idPartsOf, releaseLayer} from './idParts.ts'

export interface View {
  /** Whether documents show under their own ids; otherwise under the id of their group. */
  readonly isRaw: boolean
  /** Whether documents show their own ids as `_originalId`. */
  readonly addsOriginalId: boolean
  /** The layers whose rows can show. */
  layers(): readonly string[]
  /** Whether rows that are marked hidden do not show. */
  readonly leavesOutHidden: boolean
  /** Whether ids with a dot do not show. */
  readonly leavesOutDotted?: boolean
  /** Whether a row shows that is neither hidden nor dotted; absent when all do. */
  readonly accepts?: (parts: IdParts) => boolean
  /**
   * The layers to look in for an id, in order: the first document that exists and shows is the
   * result.
   */
  layersOf(id: string): readonly string[]
  /** How many documents of a layer show, from its counter; absent where counters cannot tell. */
  readonly countedBy?: (count: Count) => number
  /** The order of `_id` in this view. */
  compare(a: IdParts, b: IdParts): number
}

const compareGroups = (a: IdParts, b: IdParts): number => compareText(a.group, b.group)

const compareIds = (a: IdParts, b: IdParts): number =>
  a.layer === b.layer ? compareGroups(a, b) : compareText(a.layer + a.group, b.layer + b.group)

/** Whether a document can show under this id; drafts and versions show under the published id. */
const isGroup = (id: string): boolean =>
  !id.includes('.') || idPartsOf(id).layer === PUBLISHED_LAYER

const NOWHERE: readonly string[] = []
const PUBLISHED: readonly string[] = [PUBLISHED_LAYER]
const PUBLISHED_AND_DRAFTS: readonly string[] = [PUBLISHED_LAYER, DRAFTS_LAYER]

/** What anonymous callers see in any perspective: published documents without a dot in the id. */
const publicView: View = {
  isRaw: false,
  addsOriginalId: false,
  layers: () => PUBLISHED,
  leavesOutHidden: false,
  leavesOutDotted: true,
  layersOf: (id) => (id.includes('.') ? NOWHERE : PUBLISHED),
  countedBy: ({total, dotted}) => total - dotted,
  compare: compareGroups,
}

const publishedView: View = {
  isRaw: false,
  addsOriginalId: false,
  layers: () => PUBLISHED,
  leavesOutHidden: false,
  layersOf: (id) => (isGroup(id) ? PUBLISHED : NOWHERE),
  countedBy: ({total}) => total,
  compare: compareGroups,
}

const draftsView: View = {
  isRaw: false,
  addsOriginalId: true,
  layers: () => PUBLISHED_AND_DRAFTS,
  leavesOutHidden: true,
  layersOf: (id) => (isGroup(id) ? PUBLISHED_AND_DRAFTS : NOWHERE),
  countedBy: ({total, hidden}) => total - hidden,
  compare: compareGroups,
}

export interface ViewContext {
  readonly connection: RowReader
  readonly counters: Counters
  /** Changes whenever a draft or a version may have appeared, disappeared or changed. */
  overlayVersion(): number
}

export const createView = (
  context: ViewContext,
  perspective: Perspective,
  includePrivate: boolean,
): View => {
  if (!includePrivate) return publicView
  if (perspective === 'raw') {
    return {
      isRaw: true,
      addsOriginalId: false,
      layers: context.counters.layers,
      leavesOutHidden: false,
      // The id already contains the layer.
      layersOf: () => PUBLISHED,
      countedBy: ({total}) => total,
      compare: compareIds,
    }
  }
  const {layers} = perspective
  if (layers.length === 0) return publishedView
  if (layers.length === 1 && layers[0] === 'drafts') return draftsView
  return releasesView(context, layers)
}

/** From group to the layer that replaces its document, or null when a release deletes it. */
type Overlay = ReadonlyMap<string, string | null>

const releasesView = (context: ViewContext, names: readonly string[]): View => {
  const base = names.includes('drafts') ? draftsView : publishedView
  const layers = names.map((name) => (name === 'drafts' ? DRAFTS_LAYER : releaseLayer(name)))
  let overlay: Overlay = new Map()
  let version = -1
  const current = (): Overlay => {
    const wanted = context.overlayVersion()
    if (version !== wanted) {
      overlay = readOverlay(context, layers)
      // Set after the read, which may fail.
      version = wanted
    }
    return overlay
  }
  return {
    isRaw: false,
    addsOriginalId: true,
    leavesOutHidden: base.leavesOutHidden,
    compare: compareGroups,
    layers: () => [PUBLISHED_LAYER, ...layers],
    accepts({layer, group}) {
      const winner = current().get(group)
      return layer === PUBLISHED_LAYER || layer === DRAFTS_LAYER
        ? winner === undefined
        : winner === layer
    },
    layersOf(id) {
      const winner = current().get(id)
      if (winner === undefined) return base.layersOf(id)
      return winner === null ? NOWHERE : [winner]
    },
  }
}

const readOverlay = ({connection, counters}: ViewContext, layers: readonly string[]): Overlay => {
  const overlay = new Map<string, string | null>()
  let underDrafts = false
  for (const layer of layers) {
    if (layer === DRAFTS_LAYER) {
      underDrafts = true
      continue
    }
    for (const type of counters.types()) {
      const rows = connection.all(
        'SELECT grp, hidden FROM document WHERE type = ? AND layer = ?',
        type,
        layer,
      )
      for (const row of rows) {
        const group = textOf(row[0])
        if (overlay.has(group) || (underDrafts && hasDraft(connection, group))) continue
        overlay.set(group, row[1] === 1 ? null : layer)
      }
    }
  }
  return overlay
}

const hasDraft = (connection: RowReader, group: string): boolean =>
  connection.one('SELECT 1 FROM document WHERE grp = ? AND layer = ?', group, DRAFTS_LAYER) !==
  undefined
