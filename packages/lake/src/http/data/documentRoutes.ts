/**
 * `GET /data/doc`: reads documents by id, exactly as they are stored, without perspective or
 * query.
 */
import {readerOf} from '../../access/accessRules.ts'
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {isDocumentId, isPrivateId} from '../../core/ids.ts'
import {MAX_IDS_IN_PATH} from '../../core/limits.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

const documents = ({lake, caller, path, request}: RequestContext): JsonObject => {
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const {includePrivate} = readerOf(caller)
  const parameters = parametersOf(request.search)
  checkTag(parameters)
  // Which drafts and versions exist is private.
  const mayName = (id: string): boolean => includePrivate || !isPrivateId(id)
  const requested = documentIds(path['ids'] ?? '')
  const allVersions = flag(parameters, 'includeAllVersions')
  const excludeContent = flag(parameters, 'excludeContent')
  const {store} = dataset

  // One transaction, so that all documents come from one state of the dataset.
  return store.read(() => {
    const ids = allVersions
      ? requested.flatMap((id) => store.idsOfGroup(id)).filter(mayName)
      : requested
    const found: JsonObject[] = []
    const omitted: JsonObject[] = []
    for (const id of new Set(ids)) {
      // The same response whether the document exists or not.
      if (!mayName(id)) omitted.push({id, reason: 'permission'})
      else {
        const document = store.get(id)
        if (document === undefined) omitted.push({id, reason: 'existence'})
        else found.push(excludeContent ? withoutContent(document) : document)
      }
    }
    return {documents: found, omitted}
  })
}

/** Ids of a path, separated by commas. */
export const documentIds = (text: string): string[] => {
  const ids = text.split(',')
  if (ids.length > MAX_IDS_IN_PATH) {
    throw badRequest(`At most ${MAX_IDS_IN_PATH} documents can be requested at once.`)
  }
  for (const id of ids) {
    if (!isDocumentId(id)) throw badRequest(`Invalid document ID "${id}".`)
  }
  return ids
}

const withoutContent = ({
  _id,
  _type,
  _rev,
  _createdAt,
  _updatedAt,
}: StoredDocument): JsonObject => ({
  _id,
  _type,
  _rev,
  _createdAt,
  _updatedAt,
})

export const documentRoutes = [
  route('GET', '/data/doc/:dataset/:ids', 'dataset', (context) => json(documents(context))),
]
