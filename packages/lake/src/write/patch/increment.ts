/** `inc` and `dec`: what is not a number stays as it is. */
import type {Json} from '../../core/document.ts'
import {editAt, refuseOperand, type Operation} from './operation.ts'

export const increment = (path: string, amount: Json): Operation => {
  if (typeof amount !== 'number') return refuseOperand('inc', path, 'a number')
  return editAt(path, {at: (old) => (typeof old === 'number' ? old + amount : old)})
}

export const decrement = (path: string, amount: Json): Operation => {
  if (typeof amount !== 'number') return refuseOperand('dec', path, 'a number')
  return increment(path, -amount)
}
