/** Fetches the references of several elements together, instead of one by one. */
import {attributeReader, isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'

/** Fetches together what several elements refer to at the same paths. */
export type FetchAhead = (elements: readonly Value[], execution: Execution) => void

/** Documents fetched between two checks of the clock. */
const mostAtOnce = 128

/** @param paths As `referencePaths.ts` gives them. */
export const fetchAheadAt = (paths: readonly string[]): FetchAhead => {
  const collectors = paths.map(collectorFor)
  return (elements, execution) => {
    const ids = new Set<string>()
    for (const element of elements) for (const collect of collectors) collect(element, ids)
    const missing = [...ids].filter((id) => !execution.fetched.has(id))
    for (let start = 0; start < missing.length; start += mostAtOnce) {
      charge(execution, mostAtOnce)
      const some = missing.slice(start, start + mostAtOnce)
      for (const [id, document] of execution.source.getMany(some))
        execution.fetched.set(id, document)
    }
  }
}

type Collect = (value: Value, ids: Set<string>) => void

const collectorFor = (path: string): Collect =>
  path.split('.').reduceRight<Collect>((next, step) => {
    const isEach = step.endsWith('[]')
    const read = attributeReader(isEach ? step.slice(0, -2) : step)
    return (value, ids) => {
      const inner = read(value)
      if (!isEach) next(inner, ids)
      else if (isArray(inner)) for (const element of inner) next(element, ids)
    }
  }, collectReference)

const collectReference: Collect = (value, ids) => {
  const id = isObject(value) ? value['_ref'] : undefined
  if (typeof id === 'string') ids.add(id)
}
