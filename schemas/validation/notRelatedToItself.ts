import type {ValidationContext} from 'sanity'

import {refOf} from '../untyped.ts'
import {ownId} from './clients.ts'

/** A story is not its own further reading. */
export const notRelatedToItself = (value: unknown[] | undefined, context: ValidationContext) =>
  !(value ?? []).some((item) => refOf(item) === ownId(context)) ||
  'Remove this article from its own related articles.'
