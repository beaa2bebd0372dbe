import {readerOf} from '../../access/accessRules.ts'
import type {JsonObject, StoredDocument} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {isDocumentId, isPrivateId} from '../../core/ids.ts'
import {MAX_IDS_IN_PATH} from '../../core/limits.ts'
import {checkTag, flag, parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

/** Reading documents by id, exactly as they are stored: no perspective, no query. */

const documents = ({lake, caller, path, request}: RequestContext): JsonObject => {
  const dataset = lake.datasets.get(path['dataset'] ?? '')
  const {includePrivate} = readerOf(caller)
  const parameters = parametersOf(request.search)
  checkTag(parameters)
  // Which drafts and versions there are is not the public's business.
  const mayName = (id: string): boolean => includePrivate || !isPrivateId(id)
  const asked = documentIds(path['ids'] ?? '')
  const allVersions = flag(parameters, 'includeAllVersions')
  const excludeContent = flag(parameters, 'excludeContent')
  const {store} = dataset

  // One state for all of them: others may write between two reads.
  return store.read(() => {
    const ids = allVersions ? asked.flatMap((id) => store.idsOfGroup(id)).filter(mayName) : asked
    const found: JsonObject[] = []
    const omitted: JsonObject[] = []
    for (const id of new Set(ids)) {
      // Whatever is stored: whether there is one is not the public's business either.
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
    throw badRequest(`At most ${MAX_IDS_IN_PATH} documents can be asked for at once.`)
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
