import type {ItemError} from '../../core/errors.ts'

/**
 * One mutation or action that cannot be done, and why. Thrown where the mistake is found;
 * whoever runs the list catches it, adds the position and answers with the documented error.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly item: ItemError

  constructor(item: ItemError) {
    super(item.description)
    this.item = item
  }
}
