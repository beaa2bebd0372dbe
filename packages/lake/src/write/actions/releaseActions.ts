/**
 * The actions `sanity.action.release.*`. A release is a document `_.releases.<name>` with a state; its
 * versions are the documents `versions.<name>.…`.
 *
 *     active → scheduled → active          active, scheduled → published
 *     active → archived → active           archived, published → deleted
 */
import {isDeepStrictEqual} from 'node:util'

import {isJsonObject, type JsonObject, type StoredDocument} from '../../core/document.ts'
import {documentAlreadyExists, documentNotFound, releaseLimitExceeded} from '../../core/errors.ts'
import {releaseDocumentId, versionPrefix} from '../../core/ids.ts'
import {MAX_ACTIVE_RELEASES, MAX_RELEASE_BYTES} from '../../core/limits.ts'
import {scopesOfRelease} from '../../core/variants.ts'
import type {History} from '../../store/history/storedHistory.ts'
import {parsePatch} from '../patch/patch.ts'
import {create, createOrReplace, patch} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import type {Workspace} from '../transaction/workspace.ts'
import {
  choiceOf,
  type ActionHandler,
  timeOf,
  objectOf,
  refuse,
  releaseIdOf,
  stringOf,
} from './actionFields.ts'
import {contentOf, publishVersion} from './publishVersion.ts'

type State = 'active' | 'scheduled' | 'published' | 'archived'

export const createRelease: ActionHandler = (workspace, action) => {
  const name = releaseIdOf(action)
  const metadata = action.metadata === undefined ? {} : objectOf(action, 'metadata')
  checkMetadata(metadata)
  if (countActive(workspace) >= MAX_ACTIVE_RELEASES) throw releaseLimitExceeded(MAX_ACTIVE_RELEASES)
  create(workspace, releaseDocumentId(name), {
    _type: 'system.release',
    name,
    state: 'active',
    metadata: {releaseType: 'undecided', ...metadata},
  })
}

/** Changes the metadata only; the other actions change the rest. */
export const editRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['active', 'scheduled'], 'edited')
  const body = objectOf(action, 'patch')
  const operations = parsePatch(body)
  patch(
    workspace,
    release._id,
    (document) => {
      const {metadata, ...rest} = operations(document)
      const {metadata: was = {}, ...before} = document
      if (!isDeepStrictEqual(rest, before)) {
        return refuse('Only the "metadata" of a release can be edited')
      }
      const edited = metadata ?? {}
      checkMetadata(objectOf({metadata: edited}, 'metadata'), isJsonObject(was) ? was : {})
      return {...document, metadata: edited}
    },
    {patch: {id: release._id, ...body}},
  )
}

/** Locks the versions until the lake publishes them at `publishAt`. */
export const scheduleRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['active'], 'scheduled')
  checkBytes(versionsOf(workspace, release))
  const publishAt = new Date(timeOf(action, 'publishAt')).toISOString()
  setState(workspace, release, 'scheduled', {publishAt}, ['error'])
}

export const unscheduleRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['scheduled'], 'unscheduled')
  setState(workspace, release, 'active', {}, ['publishAt'])
}

/**
 * Publishes and deletes every version. The release lists their ids, as hosted Sanity does (seen in the
 * fixture of a published release, mock-translog-events.ts, of the Studio's own tests).
 */
export const publishRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['active', 'scheduled'], 'published')
  const versions = versionsOf(workspace, release)
  checkBytes(versions)
  setState(workspace, release, 'published', {
    publishedAt: workspace.timestamp,
    finalDocumentStates: versions.map(({_id}) => ({id: _id})),
  })
  for (const version of versions) publishVersion(workspace, version)
}

/** Deletes the versions; history keeps them for `unarchive`. */
export const archiveRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['active'], 'archived')
  const versions = versionsOf(workspace, release)
  setState(workspace, release, 'archived', {
    finalDocumentStates: versions.map(({_id}) => ({id: _id})),
  })
  for (const {_id} of versions) workspace.remove(_id, {delete: {id: _id}})
}

/** Restores the versions as they were when the release was archived. */
export const unarchiveRelease: ActionHandler = (workspace, action, history) => {
  const release = releaseIn(workspace, action, ['archived'], 'unarchived')
  setState(workspace, release, 'active', {}, ['finalDocumentStates'])
  for (const id of finalDocumentIds(release)) {
    if (!workspace.find(id)) create(workspace, id, lastContent(history, id))
  }
}

export const deleteRelease: ActionHandler = (workspace, action) => {
  const release = releaseIn(workspace, action, ['archived', 'published'], 'deleted')
  for (const {_id} of versionsOf(workspace, release)) workspace.remove(_id, {delete: {id: _id}})
  workspace.remove(release._id, {delete: {id: release._id}})
}

/** Creates a release as it was exported, in any state; sent by `@sanity/import`. */
export const importRelease: ActionHandler = (workspace, action) => {
  const name = releaseIdOf(action)
  const id = releaseDocumentId(name)
  const ifExists = choiceOf(action, 'ifExists', ['fail', 'ignore', 'replace'])
  const sent = objectOf(action, action.document === undefined ? 'attributes' : 'document')
  checkInstant(sent, 'publishAt')
  if (sent.metadata !== undefined) checkInstant(objectOf(sent, 'metadata'), 'intendedPublishAt')
  const body: JsonObject = {...sent, _type: 'system.release', name, state: sent.state ?? 'active'}
  if (!workspace.find(id)) create(workspace, id, body)
  else if (ifExists === 'replace') createOrReplace(workspace, id, body)
  else if (ifExists === 'fail') throw new Refusal(documentAlreadyExists(id))
}

const RELEASE_TYPES = ['asap', 'scheduled', 'undecided'] as const
const CARDINALITIES = ['many', 'one'] as const

/** @param before Old metadata; unchanged values are not checked. */
const checkMetadata = (metadata: JsonObject, before: JsonObject = {}): void => {
  choiceOf(metadata, 'releaseType', RELEASE_TYPES)
  choiceOf(metadata, 'cardinality', CARDINALITIES)
  checkInstant(metadata, 'intendedPublishAt', before)
}

/** Checks an optional time, which is stored as sent. */
const checkInstant = (fields: JsonObject, name: string, before: JsonObject = {}): void => {
  const value = fields[name]
  if (value !== undefined && value !== null && value !== before[name]) timeOf(fields, name)
}

/** The release that the action names. @throws Refusal if it is missing or in another state. */
const releaseIn = (
  workspace: Workspace,
  action: JsonObject,
  states: readonly State[],
  done: string,
): StoredDocument => {
  const name = releaseIdOf(action)
  const release = workspace.find(releaseDocumentId(name))
  if (!release) throw new Refusal(documentNotFound(releaseDocumentId(name)))
  if (!states.some((state) => state === release.state)) {
    return refuse(
      `Release "${name}" is ${String(release.state)}; only one that is ${states.join(' or ')} can be ${done}`,
      {id: release._id},
    )
  }
  return release
}

const setState = (
  workspace: Workspace,
  {_id: id}: StoredDocument,
  state: State,
  fields: JsonObject,
  gone: readonly string[] = [],
): void => {
  const body = {set: {state, ...fields}, ...(gone.length > 0 && {unset: gone})}
  patch(workspace, id, parsePatch(body), {patch: {id, ...body}})
}

/** The versions of the release, as changed by the transaction so far. */
const versionsOf = (workspace: Workspace, release: StoredDocument): readonly StoredDocument[] => {
  workspace.flush()
  const {idsWithPrefix} = workspace.store
  return scopesOfRelease(String(release.name), idsWithPrefix)
    .flatMap((scope) => idsWithPrefix(versionPrefix(scope)))
    .flatMap((id) => workspace.find(id) ?? [])
}

const checkBytes = (versions: readonly StoredDocument[]): void => {
  const bytes = versions.reduce(
    (sum, version) => sum + Buffer.byteLength(JSON.stringify(version)),
    0,
  )
  if (bytes > MAX_RELEASE_BYTES) {
    refuse(`The release is ${bytes} bytes long, more than ${MAX_RELEASE_BYTES}`)
  }
}

const countActive = (workspace: Workspace): number => {
  workspace.flush()
  return workspace.store
    .idsWithPrefix(releaseDocumentId(''))
    .filter((id) => ['active', 'scheduled'].includes(String(workspace.find(id)?.state))).length
}

const finalDocumentIds = ({finalDocumentStates: states}: StoredDocument): readonly string[] =>
  Array.isArray(states) ? states.map((state: JsonObject) => stringOf(state, 'id')) : []

const lastContent = (history: History, id: string): JsonObject => {
  const document = history.lastState(id)
  if (!document) return refuse(`History no longer has the version "${id}"`, {id})
  const {_system} = document
  return {...contentOf(document), ...(_system !== undefined && {_system})}
}
