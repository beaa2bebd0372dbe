import {can, identityOf} from '../access/caller.ts'
import type {Dataset} from '../datasets/dataset.ts'
import {isJsonObject, type Json} from '../document.ts'
import {prepareQuery, runQuery} from '../groq/query.ts'
import type {WriteContext} from '../write/context.ts'
import type {Exchange} from './route.ts'

/** What a write needs from around it, on behalf of the caller, whom the route has let in. */
export const writeContext = ({lake, caller}: Exchange, dataset: Dataset): WriteContext => {
  const author = identityOf(caller)
  return {
    author,
    now: lake.now,
    newId: lake.newId,
    can: (permission) => can(caller, permission === 'delete' ? 'update' : permission),
    select: (query, params) => {
      const {value} = runQuery(prepareQuery(query, params), {
        source: dataset.store.source({perspective: 'raw', includePrivate: can(caller, 'read')}),
        params,
        identity: author,
        now: lake.now(),
        projectId: lake.projectId,
        dataset: dataset.name,
      })
      return idsIn(value)
    },
    existsElsewhere: ({id, dataset: name, projectId}) =>
      (projectId !== undefined && projectId !== lake.projectId) ||
      (lake.datasets.list().some((record) => record.name === name) &&
        lake.datasets.get(name).store.get(id) !== undefined),
  }
}

/** Ids of the documents that a query found, as whole documents, projections or bare ids. */
const idsIn = (value: Json): string[] => {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value === 'string') return [value]
  return isJsonObject(value) && typeof value['_id'] === 'string' ? [value['_id']] : []
}
