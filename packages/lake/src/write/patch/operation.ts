import type {Json, JsonObject} from '../../core/document.ts'
import {validationError} from '../../core/errors.ts'
import {Refusal} from '../transaction/refusal.ts'
import {follow, type Edit} from './follow.ts'
import {parseJsonMatch} from './jsonMatch.ts'

/** One operation of a patch, ready to be done on any document: gives the document after it. */
export type Operation = (document: JsonObject) => Json | undefined

/** Does the same edit wherever the path leads. */
export const editAt = (path: string, edit: Edit): Operation => {
  const routes = parseJsonMatch(path)
  return (document) => follow(document, routes, edit)
}

/** Refuses an operand that is not what the operation takes. */
export const refuseOperand = (operation: string, path: string, expected: string): never => {
  throw new Refusal(validationError(`${operation} of "${path}" needs ${expected}`, {value: path}))
}
