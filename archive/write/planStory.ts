/** Decides what the import writes for one story, given the dataset. */
import {addressOf, freeSlug} from '../../seed/documents/freeSlug.ts'
import type {SeedDocument} from '../../seed/model/seedDocument.ts'
import type {DatasetState} from '../../seed/write/datasetState.ts'
import {type DocumentPlan, neededPlans, planDocument} from '../../seed/write/planDocument.ts'

export interface StoryPlan {
  readonly title: string
  readonly plans: readonly DocumentPlan[]
}

/**
 * `draft` is the id of the document that is written as a draft. A name that an earlier story of
 * this run has planned (`planned`) is not planned again.
 */
export function planStory(
  title: string,
  documents: readonly SeedDocument[],
  draft: string | undefined,
  state: DatasetState,
  planned: Set<string>,
  replace: boolean,
): StoryPlan {
  const plans = documents.flatMap((document) => {
    if (document._type !== 'article' && planned.has(document._id)) return []
    planned.add(document._id)
    return document._id === draft
      ? planDraft(document, state, replace)
      : plan(document, state, replace)
  })
  return {title, plans: neededPlans(plans)}
}

function plan(document: SeedDocument, state: DatasetState, replace: boolean): DocumentPlan {
  const stored = state.documents.get(document._id)
  const addressed = stored ? document : freeSlug(document, state.addresses)
  if ('slug' in addressed) {
    state.addresses.set(addressOf(addressed._type, addressed.slug.current), addressed._id)
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
