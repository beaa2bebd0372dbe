/** `sanity.action.document.version.*`: versions in releases, and drafts, which are versions too. */
import {documentAlreadyExists} from '../../core/errors.ts'
import {publishedId} from '../../core/ids.ts'
import {parsePatch} from '../patch/patch.ts'
import {
  checkRevision,
  checkUnlocked,
  create,
  createOrReplace,
  patch,
} from '../transaction/documents.ts'
import {Refusal} from '../transaction/refusal.ts'
import {
  type DoAction,
  objectOf,
  optionalTextOf,
  publishedIdOf,
  textOf,
  versionIdFor,
} from './action.ts'
import {existing} from './documentActions.ts'
import {contentOf} from './publishing.ts'

/** A new version, from the body that is sent or as a copy of another document of its group. */
export const createVersion: DoAction = (workspace, action) => {
  const published = publishedIdOf(action)
  const baseId = optionalTextOf(action, 'baseId')
  const sent = baseId === undefined ? objectOf(action, 'document') : undefined
  const id = versionIdFor(sent ? textOf(sent, '_id') : textOf(action, 'versionId'), published)
  checkUnlocked(workspace, id)
  if (sent) {
    create(workspace, id, sent)
    return
  }
  const base = existing(workspace, baseId ?? '')
  const revision = optionalTextOf(action, 'ifBaseRevisionId')
  if (revision !== undefined) checkRevision(workspace, base, revision)
  if (workspace.find(id)) throw new Refusal(documentAlreadyExists(id))
  create(workspace, id, contentOf(base))
}

export const replaceVersion: DoAction = (workspace, action) => {
  const document = objectOf(action, 'document')
  const id = textOf(document, '_id')
  versionIdFor(id, publishedId(id))
  existing(workspace, id)
  createOrReplace(workspace, id, document)
}

/**
 * Marks the version so that publishing it unpublishes the document. A version that is not there
 * begins as a copy of the published document, so that taking the mark away leaves something useful.
 */
export const unpublishVersion: DoAction = (workspace, action) => {
  const published = existing(workspace, publishedIdOf(action))
  const id = versionIdFor(textOf(action, 'versionId'), published._id)
  checkUnlocked(workspace, id)
  if (!workspace.find(id)) {
    create(workspace, id, {...contentOf(published), _system: {delete: true}})
    return
  }
  const body = {set: {'_system.delete': true}}
  patch(workspace, id, parsePatch(body), {patch: {id, ...body}})
}
