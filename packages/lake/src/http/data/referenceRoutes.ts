/**
 * `GET /data/references`: which documents refer to a document, from its own dataset and from
 * others of the project. The Studio calls it before it deletes or unpublishes a document; it finds
 * references in the same dataset by itself, and excludes them with `excludeInternalReferences`.
 */
import {mayRead, type Reader, readerOf} from '../../access/accessRules.ts'
import {isJsonObject, type Json, type JsonObject} from '../../core/document.ts'
import {badRequest} from '../../core/errors.ts'
import {isDocumentId} from '../../core/ids.ts'
import type {Dataset} from '../../datasets/dataset.ts'
import {flag, parametersOf} from '../exchange/requestUrl.ts'
import {json} from '../exchange/respond.ts'
import {type RequestContext, route} from '../routing/route.ts'

/** Referring documents that are listed at most; the count covers all. */
const MAX_NAMED = 100

const referencesTo = (context: RequestContext): JsonObject => {
  const {lake, caller, path, request} = context
  const target = lake.datasets.get(path['dataset'] ?? '')
  const id = path['id'] ?? ''
  if (!isDocumentId(id)) throw badRequest(`Invalid document ID "${id}".`)
  const parameters = parametersOf(request.search)
  const withoutInternal = flag(parameters, 'excludeInternalReferences')
  const withoutPaths = flag(parameters, 'excludePaths')

  const references = lake.datasets
    .opened()
    .filter(({name}) => !(withoutInternal && name === target.name))
    .filter((dataset) => mayRead(caller, dataset.record().aclMode))
    .flatMap((dataset) => referring(dataset, readerOf(caller), target.name, id))
    .map(({paths, ...reference}) => ({
      ...reference,
      projectId: lake.projectId,
      ...(!withoutPaths && {paths}),
    }))
  return {totalCount: references.length, references: references.slice(0, MAX_NAMED)}
}

interface Referring {
  readonly documentId: string
  readonly type: string
  readonly datasetName: string
  readonly paths: readonly string[]
}

const referring = (dataset: Dataset, reader: Reader, target: string, id: string): Referring[] =>
  dataset.store.read(() => referringNow(dataset, reader, target, id))

const referringNow = (
  dataset: Dataset,
  reader: Reader,
  target: string,
  id: string,
): Referring[] => {
  const source = dataset.store.source({perspective: 'raw', includePrivate: reader.includePrivate})
  const isTarget = ({_ref, _dataset}: JsonObject): boolean =>
    _ref === id && (_dataset ?? dataset.name) === target
  const found: Referring[] = []
  for (const document of source.access?.read({by: 'reference', to: [id]}) ?? source.scan()) {
    const paths = pathsTo(document, isTarget)
    if (paths.length === 0) continue
    const {_id: documentId, _type: type} = document
    found.push({documentId, type, datasetName: dataset.name, paths})
  }
  return found
}

/** Paths of the objects in a value that pass a test: `authors[0].author`. */
const pathsTo = (value: Json, isTarget: (object: JsonObject) => boolean, path = ''): string[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => pathsTo(item, isTarget, `${path}[${index}]`))
  }
  if (!isJsonObject(value)) return []
  const here = isTarget(value) ? [path] : []
  const inside = Object.entries(value).flatMap(([name, inner]) =>
    pathsTo(inner, isTarget, path === '' ? name : `${path}.${name}`),
  )
  return [...here, ...inside]
}

export const referenceRoutes = [
  route('GET', '/data/references/:dataset/documents/:id/to', 'dataset', (context) =>
    json(referencesTo(context)),
  ),
]
