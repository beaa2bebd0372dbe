/**
 * `GET /data/history/<dataset>/events/documents/<id>`: the events in the life of a document (created,
 * published, unpublished, deleted), inferred from the transactions in history. Edits of drafts and
 * versions are not events: clients take those from the transactions.
 */
import type {JsonObject} from '../../core/document.ts'
import {draftId, isDraftId, publishedId, releaseOf, versionId} from '../../core/ids.ts'
import {placeOf} from '../../core/variants.ts'
import type {History, LifecycleChange} from '../../store/history/storedHistory.ts'
import {type HistoryEvent, type Page, pageOf, type PageRequest} from './eventPage.ts'
import {
  type ReleaseChange,
  releaseChanges,
  type ReleaseTransition,
  transitionOf,
} from './releaseEvents.ts'

/**
 * @param id Id of the published document, its draft or a version: each has its own events.
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
  // Drafts and versions have `deleteDocumentVersion` instead (sanity-io/sanity,
  // packages/sanity/src/core/store/events/variants-events.review.md, "Deleting a variant").
  'deleteDocumentGroup',
])

/** Whether an event of the group belongs to one of its documents. */
const concerns = ({type, versionId}: HistoryEvent, id: string, group: string): boolean =>
  versionId === id || (id === group && OF_PUBLISHED.has(type))

/** All events of a published document, its draft and its versions, oldest first. */
const groupEvents = (history: History, group: string): HistoryEvent[] => {
  const transactions = transactionsOf(history.lifecycle({group}))
  const variants = variantsIn(history, transactions)
  const transitions = transitionsOf(history, transactions, variants)
  const entries = [...transactions, ...transitions].toSorted((a, b) => a.sequence - b.sequence)
  const events: HistoryEvent[] = []
  /** Revisions of the documents that exist, by id. */
  let alive = new Map<string, string>()

  for (const entry of entries) {
    if ('transition' in entry) {
      settleSchedules(events, entry)
      const version = versionId(entry.release, group)
      const revision = alive.get(version)
      const event = revision !== undefined && scheduleEvent(group, version, revision, entry)
      if (event) events.push(event)
      continue
    }
    const before = withUnknown(alive, entry, history)
    alive = new Map(before)
    for (const {id, exists} of entry.changes) {
      if (exists) alive.set(id, entry.transactionId)
      else alive.delete(id)
    }
    const transition = transitions.find(({sequence}) => sequence === entry.sequence)
    events.push(...eventsOfTransaction(group, entry, before, alive, variants, transition))
  }
  return events
}

interface DatedTransition extends ReleaseChange {
  readonly release: string
  readonly transition: ReleaseTransition
}

const transactionsOf = (changes: Iterable<LifecycleChange>): TransactionChanges[] => {
  const transactions = Map.groupBy(changes, ({sequence}) => sequence)
  return [...transactions.values()].flatMap((ofTransaction) => {
    const [first] = ofTransaction
    return first ? [{...first, changes: ofTransaction}] : []
  })
}

/**
 * The ids of documents of variants. They are only created and deleted, whatever the action, and have no
 * `releaseId`: so it was on hosted Sanity (the file named above).
 */
const variantsIn = (
  history: History,
  transactions: readonly TransactionChanges[],
): ReadonlySet<string> => {
  const ids = transactions.flatMap(({changes}) => changes.map(({id}) => id))
  return new Set(
    [...new Set(ids)].filter((id) => {
      const document = releaseOf(id) === undefined ? undefined : history.lastState(id)
      return document !== undefined && placeOf(document) !== undefined
    }),
  )
}

/** State changes of the releases that had a version of the document. */
const transitionsOf = (
  history: History,
  transactions: readonly TransactionChanges[],
  variants: ReadonlySet<string>,
): DatedTransition[] => {
  const releases = new Set(
    transactions.flatMap(({changes}) =>
      changes.flatMap(({id}) => (variants.has(id) ? [] : (releaseOf(id) ?? []))),
    ),
  )
  return [...releases].flatMap((release) =>
    releaseChanges(history, release).flatMap((change) => {
      const transition = transitionOf(change)
      return transition ? [{...change, release, transition}] : []
    }),
  )
}

/** Adds documents whose creation is no longer in history. */
const withUnknown = (
  alive: ReadonlyMap<string, string>,
  {sequence, changes}: TransactionChanges,
  history: History,
): ReadonlyMap<string, string> => {
  const unknown = changes.filter(({id, existed}) => existed && !alive.has(id))
  return new Map([
    ...alive,
    ...unknown.map(({id}): [string, string] => [
      id,
      history.documentAt(id, sequence - 1)?._rev ?? '',
    ]),
  ])
}

const scheduleEvent = (
  group: string,
  version: string,
  versionRevisionId: string,
  {release, transition, timestamp, author, after}: DatedTransition,
): HistoryEvent | undefined => {
  const event = {
    timestamp,
    author,
    documentId: group,
    releaseId: release,
    versionId: version,
    versionRevisionId,
  }
  if (transition === 'unschedule') return {type: 'unscheduleDocumentVersion', ...event}
  if (transition !== 'schedule') return undefined
  const publishAt = after?.publishAt ?? null
  return {type: 'scheduleDocumentVersion', ...event, state: 'pending', publishAt}
}

/** Sets the outcome of earlier schedule events. */
const settleSchedules = (events: HistoryEvent[], {release, transition}: DatedTransition): void => {
  const state = transition === 'unschedule' ? 'unscheduled' : 'published'
  if (!['unschedule', 'publish', 'publishScheduled'].includes(transition)) return
  events.forEach((event, index) => {
    if (event.releaseId === release && event.state === 'pending') events[index] = {...event, state}
  })
}

/** The changes of one transaction to a published document, its draft and its versions. */
interface TransactionChanges {
  readonly sequence: number
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly author: string
  readonly changes: readonly LifecycleChange[]
}

/** The existing documents of a group, with their revisions. */
type RevisionsById = ReadonlyMap<string, string>

/** The state change of a release in the same transaction: publishing it publishes its versions. */
interface TransitionOfRelease {
  readonly release: string
  readonly transition: ReleaseTransition
}

/**
 * Infers the events of a transaction: a version that is deleted while the published document changes
 * was published; a published document that is deleted and leaves a draft was unpublished; a
 * transaction that leaves none of the documents deleted the group.
 */
const eventsOfTransaction = (
  group: string,
  {transactionId, timestamp, author, changes}: TransactionChanges,
  before: RevisionsById,
  after: RevisionsById,
  variants: ReadonlySet<string>,
  releaseTransition: TransitionOfRelease | undefined,
): HistoryEvent[] => {
  const event = (type: string, fields: JsonObject): HistoryEvent => ({
    type,
    timestamp,
    author,
    documentId: group,
    ...fields,
  })
  const aboutVersion = (
    type: string,
    id: string,
    revisions: RevisionsById,
    fields: JsonObject = {},
  ) => {
    const releaseId = variants.has(id) ? undefined : releaseOf(id)
    return event(type, {
      ...fields,
      versionId: id,
      versionRevisionId: revisions.get(id) ?? '',
      ...(releaseId !== undefined && {releaseId}),
    })
  }
  const created = (ids: readonly string[]) =>
    ids.map((id) => aboutVersion('createDocumentVersion', id, after))
  // The deletion's own transaction, not the last edit's: the Studio merges events of one revision, and
  // then finds no edit whose revision it could show (`removeDupes` and `resolveRevisionId` in sanity).
  const deleted = (ids: readonly string[]) =>
    ids.map((id) => aboutVersion('deleteDocumentVersion', id, new Map([[id, transactionId]])))

  const published = changes.find(({id}) => id === group)
  const versions = changes.filter(({id}) => id !== group)
  const appeared = versions.filter(({existed, exists}) => !existed && exists).map(({id}) => id)
  const gone = versions.filter(({existed, exists}) => existed && !exists).map(({id}) => id)
  const own = gone.filter((id) => !variants.has(id))
  const ofRelease = own.find(
    (id) => releaseTransition && releaseOf(id) === releaseTransition.release,
  )

  if (published?.exists) {
    const source = ofRelease ?? own.find(isDraftId) ?? own[0]
    const change =
      source === undefined
        ? event(published.existed ? 'updateLiveDocument' : 'createLiveDocument', {
            revisionId: transactionId,
          })
        : aboutVersion('publishDocumentVersion', source, before, {
            revisionId: transactionId,
            publishCause: causeOf(releaseTransition),
          })
    return [...created(appeared), ...deleted(gone.filter((id) => id !== source)), change]
  }
  if (after.size === 0 && gone.length + (published ? 1 : 0) > 0 && !releaseTransition) {
    return [...deleted(gone), event('deleteDocumentGroup', {})]
  }
  if (published?.existed) {
    const draft = draftId(group)
    const kept = after.has(draft) ? draft : undefined
    const rest = [
      ...created(appeared.filter((id) => id !== kept)),
      ...deleted(gone.filter((id) => id !== ofRelease)),
    ]
    // A release leaves a draft too, but the event is about the published version.
    if (ofRelease !== undefined) {
      return [...rest, aboutVersion('unpublishDocument', ofRelease, before)]
    }
    if (kept !== undefined) return [...rest, aboutVersion('unpublishDocument', kept, after)]
    return [...rest, ...deleted([group])]
  }
  return [...created(appeared), ...deleted(gone)]
}

const causeOf = (releaseTransition: TransitionOfRelease | undefined): string => {
  if (releaseTransition?.transition === 'publishScheduled') return 'release.schedule'
  return releaseTransition?.transition === 'publish' ? 'release.publish' : 'document.publish'
}
