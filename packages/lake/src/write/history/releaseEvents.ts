import type {JsonObject} from '../../core/document.ts'
import {publishedId} from '../../core/ids.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {type HistoryEvent, type Page, pageOf, type PageRequest} from './page.ts'
import {releaseChanges, type Turn, turnOf} from './releaseStates.ts'

/**
 * `GET /data/history/<dataset>/events/releases/<name>`: what became of a release and of its
 * documents, newest first. Edits of its metadata are no events: clients take those from the
 * transactions.
 */
export const releaseEvents = (history: History, release: string, page: PageRequest): Page => {
  const states = releaseChanges(history, release).flatMap((change) => {
    const turn = turnOf(change)
    return turn ? [{...change, turn}] : []
  })
  // Publishing, archiving and deleting take all versions away, unarchiving brings them back.
  const turns = new Set(states.filter(({turn}) => turn !== 'create').map(({sequence}) => sequence))
  const told = [
    ...states.flatMap(({sequence, timestamp, author, turn, after}) => {
      const type = TYPES[turn]
      if (type === undefined) return []
      const fields: JsonObject = turn === 'schedule' ? {publishAt: after?.publishAt ?? null} : {}
      return [{sequence, event: {type, timestamp, author, releaseName: release, ...fields}}]
    }),
    ...Array.from(history.lifecycle({release})).flatMap(
      ({sequence, transactionId, timestamp, author, id, existed, exists}) => {
        if (existed === exists || turns.has(sequence)) return []
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
    told.map(({event}) => event),
    page,
  )
}

const TYPES: Readonly<Partial<Record<Turn, string>>> = {
  create: 'createRelease',
  schedule: 'scheduleRelease',
  unschedule: 'unscheduleRelease',
  publish: 'publishRelease',
  publishScheduled: 'publishRelease',
  archive: 'archiveRelease',
  unarchive: 'unarchiveRelease',
}
