import type {StoredDocument} from '../../core/document.ts'
import {releaseDocumentId} from '../../core/ids.ts'
import type {History} from '../../store/history/storedHistory.ts'

/** One transaction that changed a release document. */
export interface ReleaseChange {
  readonly sequence: number
  readonly transactionId: string
  readonly timestamp: string
  readonly author: string
  readonly before: StoredDocument | null
  readonly after: StoredDocument | null
}

/** What became of a release, oldest first. Releases change seldom, so this is short. */
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

/** What a change meant for the release; undefined for an edit of its metadata. */
export const turnOf = ({before, after}: ReleaseChange): Turn | undefined => {
  const [from, to] = [before?.state, after?.state]
  if (before === null) return 'create'
  if (after === null) return 'delete'
  if (from === to) return undefined
  if (to === 'scheduled') return 'schedule'
  if (to === 'published') return from === 'scheduled' ? 'publishScheduled' : 'publish'
  if (to === 'archived') return 'archive'
  return from === 'archived' ? 'unarchive' : 'unschedule'
}

export type Turn =
  | 'create'
  | 'delete'
  | 'schedule'
  | 'unschedule'
  | 'publish'
  | 'publishScheduled'
  | 'archive'
  | 'unarchive'
