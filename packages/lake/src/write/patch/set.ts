/** `set` and `setIfMissing`: both make the objects that are missing on the way. */
import type {Json} from '../../core/document.ts'
import {editAt, type Operation} from './operation.ts'

/** An index just past the end of an array appends. */
export const set = (path: string, value: Json): Operation =>
  editAt(path, {creates: true, appends: true, at: () => value})

/** Array elements are never missing: a path that ends in an index does nothing. */
export const setIfMissing = (path: string, value: Json): Operation =>
  editAt(path, {creates: true, at: (old) => (old === undefined ? value : old)})
