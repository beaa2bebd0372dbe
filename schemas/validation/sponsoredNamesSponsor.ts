import type {Reference, ValidationContext} from 'sanity'

/** Readers must be told who pays. */
export const sponsoredNamesSponsor = (
  value: Reference | undefined,
  {document}: ValidationContext,
) =>
  document?.['articleType'] !== 'sponsored' ||
  value !== undefined ||
  'Choose the sponsor: readers must be told who pays for a sponsored article.'
