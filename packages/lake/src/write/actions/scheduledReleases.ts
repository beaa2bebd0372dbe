/** Finds scheduled releases and publishes those that are due, each in its own transaction. */
import type {Commit} from '../../core/commit.ts'
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {LakeError} from '../../core/errors.ts'
import {releaseDocumentId} from '../../core/ids.ts'
import {parseStoredTimestamp} from '../../core/timestamp.ts'
import type {DatasetStore} from '../../store/datasetStore.ts'
import {documentsOfTypes} from '../../store/documentsOfTypes.ts'
import {applyMutations} from '../mutations/applyMutations.ts'
import type {WriteContext} from '../transaction/writeContext.ts'
import {applyActions} from './applyActions.ts'

export interface ScheduledRelease {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly publishAt: number
  /** User id of the person who scheduled it, if history has it. */
  readonly author: string | undefined
}

/** All scheduled releases, the earliest first. */
export const scheduledReleases = (store: DatasetStore): readonly ScheduledRelease[] =>
  documentsOfTypes(store, ['system.release'])
    .filter(
      ({_id, state, name}) => state === 'scheduled' && _id === releaseDocumentId(String(name)),
    )
    .map((release) => ({
      name: String(release.name),
      publishAt: timeOf(release),
      author: store.history.transaction(release._rev)?.author,
    }))
    .toSorted((a, b) => a.publishAt - b.publishAt || (a.name < b.name ? -1 : 1))

/** A scheduled release with an invalid time is due at once. */
const timeOf = ({publishAt}: StoredDocument): number => parseStoredTimestamp(String(publishAt)) ?? 0

/**
 * Publishes due releases exactly once: the transaction that publishes a release also changes its
 * state. A release that cannot be published becomes active again, with the reason in `error.message`,
 * which the Studio shows.
 * @returns The commits, in order.
 */
export const publishDueReleases = (
  store: DatasetStore,
  context: Omit<WriteContext, 'can' | 'select'>,
): Commit[] =>
  dueReleases(store, context.now()).flatMap(({name, author = context.author}) => {
    const commit = publish(store, name, {...context, author})
    return commit ? [commit] : []
  })

const publish = (store: DatasetStore, name: string, context: WriteContext): Commit | null => {
  try {
    return applyActions(store, publication(name), {}, context).commit
  } catch (error) {
    if (!(error instanceof LakeError)) throw error
    return applyMutations(store, failedPublication(name, error), {}, context).commit
  }
}

/** The due releases, the earliest first. */
export const dueReleases = (store: DatasetStore, now: number): readonly ScheduledRelease[] =>
  scheduledReleases(store).filter(({publishAt}) => publishAt <= now)

/** The body of the actions request that publishes a release. */
export const publication = (name: string): JsonObject => ({
  actions: [{actionType: 'sanity.action.release.publish', releaseId: name}],
})

/** The body of the mutate request for a release that could not be published. */
export const failedPublication = (name: string, {message}: LakeError): JsonObject => ({
  mutations: [
    {
      patch: {
        id: releaseDocumentId(name),
        set: {state: 'active', error: {message}},
        unset: ['publishAt'],
      },
    },
  ],
})
