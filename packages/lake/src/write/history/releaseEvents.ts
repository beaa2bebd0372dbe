/**
 * `GET /data/history/<dataset>/events/releases/<name>`: the events of a release and its documents, inferred
 * from the transactions in history. Edits of its metadata are not events: clients take those from the
 * transactions.
 */
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {publishedId, releaseDocumentId} from '../../core/ids.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {type HistoryEvent, type Page, pageOf, type PageRequest} from './eventPage.ts'

/** @returns The events, newest first. */
export const releaseEvents = (history: History, release: string, page: PageRequest): Page => {
  const states = releaseChanges(history, release).flatMap((change) => {
    const transition = transitionOf(change)
    return transition ? [{...change, turn: transition}] : []
  })
  // Publishing, archiving and deleting delete all versions; unarchiving restores them.
  const transitions = new Set(
    states.filter(({turn: transition}) => transition !== 'create').map(({sequence}) => sequence),
  )
  const all = [
    ...states.flatMap(({sequence, timestamp, author, turn: transition, after}) => {
      const type = TYPES[transition]
      if (type === undefined) return []
      const fields: JsonObject =
        transition === 'schedule' ? {publishAt: after?.publishAt ?? null} : {}
      return [{sequence, event: {type, timestamp, author, releaseName: release, ...fields}}]
    }),
    ...Array.from(history.lifecycle({release})).flatMap(
      ({sequence, transactionId, timestamp, author, id, existed, exists}) => {
        if (existed === exists || transitions.has(sequence)) return []
        const event: HistoryEvent = {
          type: exists ? 'addDocumentToRelease' : 'discardDocumentFromRelease',
          timestamp,
          author,
          releaseName: release,
          documentId: publishedId(id),
          versionId: id,
          versionRevisionId: transactionId,
        }
        return [{sequence, event}]
      },
    ),
  ].toSorted((a, b) => a.sequence - b.sequence)
  return pageOf(
    all.map(({event}) => event),
    page,
  )
}

const TYPES: Readonly<Partial<Record<ReleaseTransition, string>>> = {
  create: 'createRelease',
  schedule: 'scheduleRelease',
  unschedule: 'unscheduleRelease',
  publish: 'publishRelease',
  publishScheduled: 'publishRelease',
  archive: 'archiveRelease',
  unarchive: 'unarchiveRelease',
}

/** A transaction that changed a release document. */
export interface ReleaseChange {
  readonly sequence: number
  readonly transactionId: string
  readonly timestamp: string
  readonly author: string
  readonly before: StoredDocument | null
  readonly after: StoredDocument | null
}

/** All changes of a release document, oldest first. Releases change rarely, so the list is short. */
export const releaseChanges = (history: History, release: string): ReleaseChange[] => {
  const id = releaseDocumentId(release)
  return Array.from(history.transactions({documentIds: [id]})).flatMap((transaction) => {
    const {sequence, id: transactionId, timestamp, author} = transaction
    const change = history.changes(sequence).find((candidate) => candidate.id === id)
    if (!change) return []
    const {before, after} = change
    return [{sequence, transactionId, timestamp, author, before, after}]
  })
}

/** The state change in a change of the release; undefined for an edit of its metadata. */
export const transitionOf = ({before, after}: ReleaseChange): ReleaseTransition | undefined => {
  const [from, to] = [before?.state, after?.state]
  if (before === null) return 'create'
  if (after === null) return 'delete'
  if (from === to) return undefined
  if (to === 'scheduled') return 'schedule'
  if (to === 'published') return from === 'scheduled' ? 'publishScheduled' : 'publish'
  if (to === 'archived') return 'archive'
  return from === 'archived' ? 'unarchive' : 'unschedule'
}

export type ReleaseTransition =
  | 'create'
  | 'delete'
  | 'schedule'
  | 'unschedule'
  | 'publish'
  | 'publishScheduled'
  | 'archive'
  | 'unarchive'
