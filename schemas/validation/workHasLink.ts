import type {ValidationContext} from 'sanity'

/** Readers should be able to check a source. */
export const workHasLink = (value: string | undefined, {document}: ValidationContext) =>
  document?.['kind'] !== 'work' ||
  Boolean(value) ||
  'Add the address of this work, so that readers can check it.'
