/** The actions `sanity.action.document.version.*`: on versions in releases, and on drafts. */
import {documentAlreadyExists} from '../../core/errors.ts'
import {publishedId} from '../../core/ids.ts'
import {parsePatch} from '../patch/patch.ts'
import {
  checkRevision,
  checkUnlocked,
  create,
  createOrReplace,
  patch,
} from '../transaction/changeDocument.ts'
import {Refusal} from '../transaction/refusal.ts'
import {
  type ActionHandler,
  objectOf,
  optionalStringOf,
  publishedIdOf,
  stringOf,
  versionIdFor,
} from './actionFields.ts'
import {existing} from './documentActions.ts'
import {contentOf} from './publishVersion.ts'

/** Creates a version from the body sent, or as a copy of another document of its group. */
export const createVersion: ActionHandler = (workspace, action) => {
  const published = publishedIdOf(action)
  const baseId = optionalStringOf(action, 'baseId')
  const sent = baseId === undefined ? objectOf(action, 'document') : undefined
  const id = versionIdFor(sent ? stringOf(sent, '_id') : stringOf(action, 'versionId'), published)
  checkUnlocked(workspace, id)
  if (sent) {
    create(workspace, id, sent)
    return
  }
  const base = existing(workspace, baseId ?? '')
  const revision = optionalStringOf(action, 'ifBaseRevisionId')
  checkRevision(workspace, base, revision)
  if (workspace.find(id)) throw new Refusal(documentAlreadyExists(id))
  create(workspace, id, {...contentOf(base), _system: {base: {id: base._id, rev: base._rev}}})
}

export const replaceVersion: ActionHandler = (workspace, action) => {
  const document = objectOf(action, 'document')
  const id = stringOf(document, '_id')
  versionIdFor(id, publishedId(id))
  existing(workspace, id)
  createOrReplace(workspace, id, document)
}

/**
 * Marks the version so that publishing it unpublishes the document. A missing version is created as a
 * copy of the published document, so that it has content if the mark is removed.
 */
export const unpublishVersion: ActionHandler = (workspace, action) => {
  const published = existing(workspace, publishedIdOf(action))
  const id = versionIdFor(stringOf(action, 'versionId'), published._id)
  checkUnlocked(workspace, id)
  if (!workspace.find(id)) {
    create(workspace, id, {...contentOf(published), _system: {delete: true}})
    return
  }
  const body = {set: {'_system.delete': true}}
  patch(workspace, id, parsePatch(body), {patch: {id, ...body}})
}
