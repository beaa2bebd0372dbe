/**
 * The operations of a patch that change values at a path: set, setIfMissing, unset, inc, dec and
 * diffMatchPatch. (`insert` has a file of its own.)
 */
import {applyPatches, parsePatch} from '@sanity/diff-match-patch'

import type {Json, JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {Refusal} from '../transaction/refusal.ts'
import {editPaths, type PathEdit} from './editPaths.ts'
import {parseJsonMatch} from './jsonMatch.ts'

/** An operation of a patch, ready to be applied to any document: returns the changed document. */
export type Operation = (document: JsonObject) => Json | undefined

/** Applies an edit to every value at the path. */
const editAt = (path: string, edit: PathEdit): Operation => {
  const routes = parseJsonMatch(path)
  return (document) => editPaths(document, routes, edit)
}

/** @throws Refusal for an operand of the wrong type. */
const refuseOperand = (operation: string, path: string, expected: string): never => {
  throw new Refusal(validationError(`${operation} of "${path}" needs ${expected}`, {value: path}))
}

/** `set`: creates missing objects on the way. An index just past the end of an array appends. */
export const set = (path: string, value: Json): Operation =>
  editAt(path, {creates: true, appends: true, at: () => value})

/** `setIfMissing`: creates missing objects on the way. A path that ends in an index does nothing. */
export const setIfMissing = (path: string, value: Json): Operation =>
  editAt(path, {creates: true, at: (old) => (old === undefined ? value : old)})

/** `unset`: removes attributes and array elements; missing ones are not an error. */
export const unset = (path: string): Operation => editAt(path, {at: () => undefined})

/** `inc`: adds to numbers; other values stay as they are. */
export const increment = (path: string, amount: Json): Operation => {
  if (typeof amount !== 'number') return refuseOperand('inc', path, 'a number')
  return editAt(path, {at: (old) => (typeof old === 'number' ? old + amount : old)})
}

/** `dec`: subtracts from numbers. */
export const decrement = (path: string, amount: Json): Operation => {
  if (typeof amount !== 'number') return refuseOperand('dec', path, 'a number')
  return increment(path, -amount)
}

/**
 * `diffMatchPatch`: changes strings by a patch in the unidiff form of Google's diff-match-patch; other
 * values stay as they are. In a string that has changed meanwhile, hunks are moved or dropped.
 */
export const diffMatchPatch = (path: string, source: Json): Operation => {
  if (typeof source !== 'string') return refuseOperand('diffMatchPatch', path, 'a string')
  const hunks = parseHunks(path, source)
  return editAt(path, {
    at: (old) =>
      typeof old === 'string' ? applyPatches(hunks, old, {allowExceedingIndices: true})[0] : old,
  })
}

const parseHunks = (path: string, source: string) => {
  try {
    return parsePatch(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuseOperand('diffMatchPatch', path, `a patch in unidiff form (${reason})`)
  }
}
