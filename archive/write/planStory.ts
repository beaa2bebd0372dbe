/** Decides what the import writes for one story, given the dataset. */
import {addressOf, freeSlug} from '../../seed/documents/freeSlug.ts'
import type {SeedDocument} from '../../seed/model/seedDocument.ts'
import type {DatasetState} from '../../seed/write/datasetState.ts'
import {type DocumentPlan, neededPlans, planDocument} from '../../seed/write/planDocument.ts'

export interface StoryPlan {
  readonly title: string
  readonly plans: readonly DocumentPlan[]
}

/** What this run has planned so far that later stories share. */
export interface PlannedNames {
  /** Of topics, authors and credits. */
  readonly ids: Set<string>
  /** The document that has an address; see `addressOf`. Retired addresses of the dataset too. */
  readonly addresses: Map<string, string>
}

/**
 * `draft` is the id of the document that is written as a draft. A name that an earlier story of
 * this run has planned is not planned again.
 */
export function planStory(
  title: string,
  documents: readonly SeedDocument[],
  draft: string | undefined,
  state: DatasetState,
  planned: PlannedNames,
  replace: boolean,
): StoryPlan {
  const plans = documents.flatMap((document) => {
    if (planned.ids.has(document._id)) return []
    return document._id === draft
      ? planDraft(document, state, replace)
      : plan(document, state, planned, replace)
  })
  const needed = neededPlans(plans)
  for (const {document} of needed) if (document._type !== 'article') planned.ids.add(document._id)
  return {title, plans: needed}
}

function plan(
  document: SeedDocument,
  state: DatasetState,
  {addresses}: PlannedNames,
  replace: boolean,
): DocumentPlan {
  const stored = state.documents.get(document._id)
  const get = (address: string): string | undefined =>
    addresses.get(address) ?? state.addresses.get(address)
  const addressed = stored ? document : freeSlug(document, {get})
  if ('slug' in addressed) {
    addresses.set(addressOf(addressed._type, addressed.slug.current), addressed._id)
  }
  return planDocument(addressed, stored, state.drafts.has(document._id), replace)
}

/** A draft of a story that is published by now is not written again. */
function planDraft(document: SeedDocument, state: DatasetState, replace: boolean): DocumentPlan {
  const draft = {...document, _id: `drafts.${document._id}`}
  const published = state.documents.get(document._id)
  if (published) {
    return {document: draft, outcome: 'kept', reason: 'edited', revision: published._rev}
  }
  return planDocument(draft, state.drafts.get(document._id), false, replace)
}
