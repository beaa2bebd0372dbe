/** Many stories at once: does an operation to one story after another, and says what happened. */
import type {Done, Newsroom, Operation} from './operations.ts'
import {operate} from './operations.ts'
import {restore} from './restore.ts'

/** A story that an editor has chosen. */
export interface Chosen {
  /** The published id. */
  readonly id: string
  readonly headline: string
}

export interface Failure extends Chosen {
  readonly reason: string
}

/** What happened to the chosen stories. */
export interface Result {
  /** Such as “2 stories published”. */
  readonly says: string
  readonly failures: readonly Failure[]
  /** The stories that were changed, with the way back; none after an undo. */
  readonly changed: readonly (Chosen & {readonly done: Done})[]
}

const VERBS: Readonly<Record<Operation['is'] | 'undo', readonly [past: string, hint: string]>> = {
  publish: ['published', ''],
  unpublish: ['unpublished', ''],
  setSection: ['moved to the section', ' Readers see it once the drafts are published.'],
  addTopic: ['given the topic', ' Readers see it once the drafts are published.'],
  addToRelease: ['added to the release', ''],
  undo: ['put back as before', ''],
}

const storiesIn = (count: number): string => `${count} ${count === 1 ? 'story' : 'stories'}`

const words = (verb: keyof typeof VERBS, succeeded: number): string => {
  const [past, hint] = VERBS[verb]
  return succeeded === 0 ? `No story was ${past}.` : `${storiesIn(succeeded)} ${past}.${hint}`
}

const reasonOf = (error: unknown): string => {
  if (error instanceof Error && 'statusCode' in error && error.statusCode === 409) {
    return 'Someone has changed it in the meantime, or other documents need it. Open it and look.'
  }
  return error instanceof Error ? error.message : String(error)
}

/** @param onProgress called after each story with the number of stories that are done */
const each = async <Item extends Chosen, Value>(
  items: readonly Item[],
  step: (item: Item) => Promise<Value>,
  onProgress: (count: number) => void,
): Promise<{readonly values: Value[]; readonly failures: Failure[]}> => {
  const values: Value[] = []
  const failures: Failure[] = []
  for (const [index, item] of items.entries()) {
    try {
      values.push(await step(item))
    } catch (error) {
      failures.push({id: item.id, headline: item.headline, reason: reasonOf(error)})
    }
    onProgress(index + 1)
  }
  return {values, failures}
}

/** Each story is one transaction: one that fails keeps no other from going on. */
export const operateOnMany = async (
  newsroom: Newsroom,
  stories: readonly Chosen[],
  operation: Operation,
  onProgress: (count: number) => void,
): Promise<Result> => {
  const {values, failures} = await each(
    stories,
    async (story) => ({...story, done: await operate(newsroom, story.id, operation)}),
    onProgress,
  )
  return {says: words(operation.is, values.length), failures, changed: values}
}

/** Puts back what an operation changed, in the stories that nobody has changed since. */
export const undoMany = async (
  {client}: Pick<Newsroom, 'client'>,
  {changed}: Result,
  onProgress: (count: number) => void,
): Promise<Result> => {
  const {values, failures} = await each(
    changed,
    ({done}) => restore(client, done.before, done.after),
    onProgress,
  )
  return {says: words('undo', values.length), failures, changed: []}
}
