import type {ValidationContext} from 'sanity'

import {ownId} from './clients.ts'
import {refOf} from './portableText.ts'

/** A story is not its own further reading. */
export const notRelatedToItself = (value: unknown[] | undefined, context: ValidationContext) =>
  !(value ?? []).some((item) => refOf(item) === ownId(context)) ||
  'Remove this article from its own related articles.'
