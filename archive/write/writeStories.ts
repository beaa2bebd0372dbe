/**
 * Writes stories, several in one transaction. If the dataset refuses a transaction, it is halved
 * until the story that it refuses stands alone; the others are written.
 */
import {ClientError, type SanityClient} from '@sanity/client'

import {type DocumentPlan, TRANSACTION_PREFIX} from '../../seed/write/planDocument.ts'
import type {StoryPlan} from './planStory.ts'

export interface WriteRefusal {
  readonly title: string
  readonly reason: string
}

/** The target cannot be reached, or takes no writes from us: the run ends. */
export class Unreachable extends Error {}

/** `run` is in the id of each transaction, and so in the `_rev` of what it wrote. */
export async function writeStories(
  stories: readonly StoryPlan[],
  client: SanityClient,
  run: string,
  nextNumber: () => number,
): Promise<WriteRefusal[]> {
  const plans = stories.flatMap((story) => story.plans).filter(isWritten)
  if (plans.length === 0) return []
  try {
    await commit(plans, client, `${TRANSACTION_PREFIX}${run}-${nextNumber()}`)
    return []
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!(error instanceof ClientError) || [401, 403, 404, 408, 429].includes(error.statusCode)) {
      throw new Unreachable(reason, {cause: error})
    }
    const [only] = stories
    if (stories.length === 1 && only) return [{title: only.title, reason}]
    const half = Math.ceil(stories.length / 2)
    const first = await writeStories(stories.slice(0, half), client, run, nextNumber)
    const second = await writeStories(stories.slice(half), client, run, nextNumber)
    return [...first, ...second]
  }
}

function isWritten({outcome}: DocumentPlan): boolean {
  return outcome === 'created' || outcome === 'replaced'
}

async function commit(
  plans: readonly DocumentPlan[],
  client: SanityClient,
  transactionId: string,
): Promise<void> {
  const transaction = client.transaction().transactionId(transactionId)
  for (const {document, fields = [], outcome, revision} of plans) {
    if (outcome === 'created') {
      transaction.createIfNotExists<Record<string, unknown>>(document)
      continue
    }
    const set = Object.fromEntries(
      Object.entries(document).filter(([field]) => fields.includes(field)),
    )
    transaction.patch(document._id, {set, ...(revision && {ifRevisionID: revision})})
  }
  await transaction.commit({visibility: 'async', autoGenerateArrayKeys: false})
}
