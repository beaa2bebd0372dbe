import type {JsonObject} from '../../core/document.ts'
import {draftId, isDraftId, releaseOf} from '../../core/ids.ts'
import type {LifecycleChange} from '../../store/history/storedHistory.ts'
import type {HistoryEvent} from './page.ts'
import type {Turn} from './releaseStates.ts'

/** What one transaction did to a published document, its draft and its versions. */
export interface Step {
  readonly sequence: number
  readonly transactionId: string
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly author: string
  readonly changes: readonly LifecycleChange[]
}

/** The documents of a group that exist, with their revisions. */
export type Revisions = ReadonlyMap<string, string>

/** What the same transaction did to a release: publishing one publishes its versions. */
export interface ReleaseTurn {
  readonly release: string
  readonly turn: Turn
}

/**
 * Tells what a step was: a version that goes away while the published document changes was
 * published; a published document that goes away and leaves a draft was unpublished.
 */
export const stepEvents = (
  group: string,
  {transactionId, timestamp, author, changes}: Step,
  before: Revisions,
  after: Revisions,
  releaseTurn: ReleaseTurn | undefined,
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
    revisions: Revisions,
    fields: JsonObject = {},
  ) => {
    const releaseId = releaseOf(id)
    return event(type, {
      ...fields,
      versionId: id,
      versionRevisionId: revisions.get(id) ?? '',
      ...(releaseId !== undefined && {releaseId}),
    })
  }
  const created = (ids: readonly string[]) =>
    ids.map((id) => aboutVersion('createDocumentVersion', id, after))
  const deleted = (ids: readonly string[]) =>
    ids.map((id) => aboutVersion('deleteDocumentVersion', id, before))

  const published = changes.find(({id}) => id === group)
  const versions = changes.filter(({id}) => id !== group)
  const appeared = versions.filter(({existed, exists}) => !existed && exists).map(({id}) => id)
  const gone = versions.filter(({existed, exists}) => existed && !exists).map(({id}) => id)
  const ofRelease = gone.find((id) => releaseTurn && releaseOf(id) === releaseTurn.release)

  if (published?.exists) {
    const source = ofRelease ?? gone.find(isDraftId) ?? gone[0]
    const change =
      source === undefined
        ? event(published.existed ? 'updateLiveDocument' : 'createLiveDocument', {
            revisionId: transactionId,
          })
        : aboutVersion('publishDocumentVersion', source, before, {
            revisionId: transactionId,
            publishCause: causeOf(releaseTurn),
          })
    return [...created(appeared), ...deleted(gone.filter((id) => id !== source)), change]
  }
  if (after.size === 0 && gone.length + (published ? 1 : 0) > 0 && !releaseTurn) {
    return [event('deleteDocumentGroup', {})]
  }
  if (published?.existed) {
    const draft = draftId(group)
    const kept = after.has(draft) ? draft : undefined
    const rest = [
      ...created(appeared.filter((id) => id !== kept)),
      ...deleted(gone.filter((id) => id !== ofRelease)),
    ]
    // A release leaves a draft, too; what it published is what the event is about.
    if (ofRelease !== undefined) {
      return [...rest, aboutVersion('unpublishDocument', ofRelease, before)]
    }
    if (kept !== undefined) return [...rest, aboutVersion('unpublishDocument', kept, after)]
    return [...rest, ...deleted([group])]
  }
  return [...created(appeared), ...deleted(gone)]
}

const causeOf = (releaseTurn: ReleaseTurn | undefined): string => {
  if (releaseTurn?.turn === 'publishScheduled') return 'release.schedule'
  return releaseTurn?.turn === 'publish' ? 'release.publish' : 'document.publish'
}
