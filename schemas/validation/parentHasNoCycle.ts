import type {Reference, ValidationContext} from 'sanity'

import {draftsClient, ownId} from './clients.ts'

/** Climbs from the chosen parent: a topic that is its own ancestor would send breadcrumbs in circles. */
export const parentHasNoCycle = async (
  value: Reference | undefined,
  context: ValidationContext,
) => {
  const client = draftsClient(context)
  const self = ownId(context)
  const seen = new Set<string>()
  let ancestor = value?._ref
  while (ancestor && !seen.has(ancestor)) {
    if (ancestor === self) return 'Choose a topic that is not itself a part of this one.'
    seen.add(ancestor)
    ancestor =
      (await client.fetch<string | null>('*[_id == $id][0].parent._ref', {id: ancestor})) ??
      undefined
  }
  return true
}
