import {publishedId} from '../../core/ids.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {groupEvents} from './groupEvents.ts'
import {type HistoryEvent, type Page, pageOf, type PageRequest} from './page.ts'

/**
 * `GET /data/history/<dataset>/events/documents/<id>`: the life of a document, read off the log.
 * Edits of drafts and versions are no events: clients take those from the transactions.
 * @param id Of the published document, its draft or a version: each has events of its own.
 * @returns The events, newest first; their `documentId` is the published id.
 */
export const documentEvents = (history: History, id: string, page: PageRequest): Page => {
  const group = publishedId(id)
  const events = groupEvents(history, group).filter((event) => concerns(event, id, group))
  return pageOf(events, page)
}

const OF_PUBLISHED = new Set([
  'publishDocumentVersion',
  'unpublishDocument',
  'createLiveDocument',
  'updateLiveDocument',
])

/** Which of a group's events are told to someone who looks at one of its documents. */
const concerns = ({type, versionId}: HistoryEvent, id: string, group: string): boolean =>
  type === 'deleteDocumentGroup' || versionId === id || (id === group && OF_PUBLISHED.has(type))
