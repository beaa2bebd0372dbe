/**
 * The whole import: files → stories → documents → dataset. It writes only through the given client,
 * so an embedded lake and a hosted dataset get the same documents.
 */
import {randomUUID} from 'node:crypto'

import type {SanityClient} from '@sanity/client'

import {freeSlug} from './documents/freeSlug.ts'
import type {Disagreement, MergedStory} from './documents/mergeStories.ts'
import type {SeedDocument} from './model/seedDocument.ts'
import type {Refusal} from './parse/refusal.ts'
import {prepareImport, type PreparedImport} from './prepareImport.ts'
import {
  loadDocuments,
  loadNames,
  openDatasetState,
  type DatasetState,
} from './write/datasetState.ts'
import {
  neededPlans,
  planDocument,
  type DocumentPlan,
  type KeptReason,
  type Outcome,
} from './write/planDocument.ts'
import {storiesInFlight} from './write/storiesInFlight.ts'
import {writeStory} from './write/writeStory.ts'

export interface ImportOptions {
  /** Files or folders; folders are searched for `.txt` files, sub-folders too. */
  readonly files: readonly string[]
  /** Its token must be allowed to read drafts and to write. */
  readonly client: SanityClient
  /** Write nothing, and report what would be written. */
  readonly dryRun?: boolean
  /** Set what differs from the source to what the source says. */
  readonly replace?: boolean
  /** Makes transaction names unique; random by default. */
  readonly newId?: () => string
  /** Called after each story. */
  readonly onProgress?: (progress: {done: number; total: number; file: string}) => void
}

export interface DocumentResult {
  readonly id: string
  readonly type: SeedDocument['_type']
  readonly outcome: Outcome
  readonly reason?: KeptReason
  /** The fields in which the dataset differed from the source. */
  readonly fields?: readonly string[]
}

export interface ImportSummary {
  readonly dryRun: boolean
  /** Documents by outcome; `flagged` counts stories to review, `refused` files. */
  readonly counts: Readonly<Record<Outcome | 'flagged' | 'refused', number>>
  readonly documents: readonly DocumentResult[]
  readonly stories: readonly MergedStory[]
  readonly disagreements: readonly Disagreement[]
  readonly refused: readonly Refusal[]
}

/** How many stories are looked up together, in two requests. */
const LOOKUP_STORIES = 50
/** How many stories are written at once. */
const STORIES_AT_ONCE = 8

/**
 * Writes each story in one transaction and stops when the dataset rejects one. The stories before
 * it are written, a few after it may be, and the next run continues from there.
 */
export async function importStories(options: ImportOptions): Promise<ImportSummary> {
  const {dryRun = false, newId = randomUUID, onProgress, replace = false} = options
  const client = options.client.withConfig({perspective: 'raw', useCdn: false})
  const prepared = await prepareImport(options.files, await loadNames(client))
  const pending = new Map(prepared.documents.map((document) => [document._id, document]))
  const plans: DocumentPlan[] = []
  const state = await openDatasetState(client)
  const writes = storiesInFlight(STORIES_AT_ONCE)
  let done = 0

  for (const [index, {file, ids}] of prepared.stories.entries()) {
    if (index % LOOKUP_STORIES === 0) {
      await writes.finish()
      const next = prepared.stories.slice(index, index + LOOKUP_STORIES)
      await loadDocuments(
        state,
        client,
        take(
          pending,
          next.flatMap((story) => story.ids),
        ),
      )
    }
    const story = neededPlans(take(pending, ids).map((document) => plan(document, state, replace)))
    for (const {document} of story) pending.delete(document._id)
    plans.push(...story)
    await writes.start(ids, async () => {
      if (!dryRun) await write(story, client, newId, file)
      done += 1
      onProgress?.({done, total: prepared.stories.length, file})
    })
  }
  await writes.finish()
  return summarise(prepared, plans, dryRun)
}

/** The documents with these ids that no earlier story has written, each once. */
function take(pending: ReadonlyMap<string, SeedDocument>, ids: readonly string[]): SeedDocument[] {
  return [...new Set(ids)].flatMap((id) => pending.get(id) ?? [])
}

function plan(document: SeedDocument, state: DatasetState, replace: boolean): DocumentPlan {
  const {_id} = document
  const stored = state.documents.get(_id)
  const addressed = stored ? document : freeSlug(document, state.addresses)
  return planDocument(addressed, stored, state.drafts.has(_id), replace)
}

async function write(
  story: readonly DocumentPlan[],
  client: SanityClient,
  newId: () => string,
  file: string,
): Promise<void> {
  try {
    await writeStory(story, client, newId)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${file} could not be written: ${reason}`, {cause: error})
  }
}

function summarise(
  prepared: PreparedImport,
  plans: readonly DocumentPlan[],
  dryRun: boolean,
): ImportSummary {
  const {disagreements, refused, stories} = prepared
  const count = (outcome: Outcome): number => plans.filter((one) => one.outcome === outcome).length
  return {
    dryRun,
    counts: {
      created: count('created'),
      unchanged: count('unchanged'),
      replaced: count('replaced'),
      kept: count('kept'),
      flagged: stories.filter(({review}) => review.length > 0).length,
      refused: refused.length,
    },
    documents: plans.map(({document, outcome, reason, fields}) => ({
      id: document._id,
      type: document._type,
      outcome,
      ...(reason && {reason}),
      ...(fields && {fields}),
    })),
    stories,
    disagreements,
    refused,
  }
}
