/** How many documents the desk's lists of work hold. */
import {isRecord} from '../../schemas/untyped.ts'
import {anyReason, attentionReasons, workLists} from './deskLists.ts'

/** The lists that show a count, by their ids and titles. */
export const countedLists = [
  ...workLists,
  {...anyReason, title: 'Needs attention'},
  ...attentionReasons,
]

/** For the perspective of the desk: a draft counts in place of the published document. */
export const countsQuery = `{${countedLists
  .map(({id, filter}) => `"${id}": count(*[${filter}])`)
  .join(',\n')}}`

/** The parameters of the query at a given time. */
export const countsParams = (now: Date): Record<string, string> =>
  Object.assign({}, ...workLists.map(({params}) => params?.(now)))

/** The counts in the answer to the query, by the ids of the lists. */
export const countsIn = (answer: unknown): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(isRecord(answer) ? answer : {}).flatMap(([id, count]) =>
      typeof count === 'number' ? [[id, count] as const] : [],
    ),
  )
