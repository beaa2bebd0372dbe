/**
 * The error for a mutation or action that cannot be applied. Thrown where the mistake is found; the
 * code that runs the list adds the position and responds with the documented error.
 */
import type {ItemError} from '../../core/errors.ts'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly item: ItemError

  constructor(item: ItemError) {
    super(item.description)
    this.item = item
  }
}
