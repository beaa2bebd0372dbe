import type {StoredDocument} from '../core/document.ts'
import {attributeReader} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {compareText, totalCompare} from '../values/compare.ts'

/** The order in which index reads yield documents. */
export const byId = (a: StoredDocument, b: StoredDocument): number => compareText(a._id, b._id)

/** The order of a walk: by the value at a path, then by id. */
export const byPath = (path: string, direction: 'asc' | 'desc') => {
  const steps = path.split('.').map(attributeReader)
  const valueOf = (document: StoredDocument): Value =>
    steps.reduce<Value>((value, read) => read(value), document)
  return (a: StoredDocument, b: StoredDocument): number => {
    const order = totalCompare(valueOf(a), valueOf(b))
    if (order === 0) return byId(a, b)
    return direction === 'desc' ? -order : order
  }
}
