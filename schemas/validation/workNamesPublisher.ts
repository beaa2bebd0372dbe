import type {Reference, ValidationContext} from 'sanity'

/** A title alone credits nobody. */
export const workNamesPublisher = (value: Reference | undefined, {document}: ValidationContext) =>
  document?.['kind'] !== 'work' || value !== undefined || 'Choose the publisher of this work.'
