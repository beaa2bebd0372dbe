/**
 * Writes stories, several in one transaction. If the dataset refuses a transaction, it is halved
 * until the story that it refuses stands alone; the others are written. Names go first, in a
 * transaction of their own, because stories that are written later refer to them too.
 */
import {ClientError, type SanityClient} from '@sanity/client'

import {type DocumentPlan, NAMES} from '../../seed/write/planDocument.ts'
import {transactionOf} from '../../seed/write/writeStory.ts'
import type {StoryPlan} from './planStory.ts'

export interface WriteRefusal {
  readonly title: string
  readonly reason: string
}

/** The target cannot be reached or does not accept our writes, so the run ends. */
export class Unreachable extends Error {}

/** `run` is in the id of each transaction, and so in the `_rev` of what it wrote. */
export async function writeStories(
  stories: readonly StoryPlan[],
  client: SanityClient,
  run: string,
  nextNumber: () => number,
): Promise<WriteRefusal[]> {
  const names = stories.flatMap(({plans, title}) =>
    plans.filter(isName).map((plan) => ({title, plans: [plan]})),
  )
  const others = stories.map(({plans, title}) => ({
    title,
    plans: plans.filter((plan) => !isName(plan)),
  }))
  // Stories that refer to a name that was refused are refused too, with the reason.
  await writeHalving(names, client, run, nextNumber)
  return writeHalving(others, client, run, nextNumber)
}

async function writeHalving(
  stories: readonly StoryPlan[],
  client: SanityClient,
  run: string,
  nextNumber: () => number,
): Promise<WriteRefusal[]> {
  const plans = stories.flatMap((story) => story.plans).filter(isWritten)
  if (plans.length === 0) return []
  try {
    const transaction = transactionOf(plans, client, `${run}-${nextNumber()}`)
    await transaction.commit({visibility: 'async', autoGenerateArrayKeys: false})
    return []
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (!(error instanceof ClientError) || [401, 403, 404, 408, 429].includes(error.statusCode)) {
      throw new Unreachable(reason, {cause: error})
    }
    const [only] = stories
    if (stories.length === 1 && only) return [{title: only.title, reason}]
    const half = Math.ceil(stories.length / 2)
    const first = await writeHalving(stories.slice(0, half), client, run, nextNumber)
    const second = await writeHalving(stories.slice(half), client, run, nextNumber)
    return [...first, ...second]
  }
}

function isName({document}: DocumentPlan): boolean {
  return NAMES.has(document._type)
}

function isWritten({outcome}: DocumentPlan): boolean {
  return outcome === 'created' || outcome === 'replaced'
}
