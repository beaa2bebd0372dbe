import {releaseOf, versionId} from '../../core/ids.ts'
import type {History, LifecycleChange} from '../../store/history/storedHistory.ts'
import type {HistoryEvent} from './page.ts'
import {type ReleaseChange, releaseChanges, type Turn, turnOf} from './releaseStates.ts'
import {type Step, stepEvents} from './stepEvents.ts'

/** Everything that happened to a published document, its draft and its versions, oldest first. */
export const groupEvents = (history: History, group: string): HistoryEvent[] => {
  const steps = stepsOf(history.lifecycle({group}))
  const turns = turnsOf(history, steps)
  const moments = [...steps, ...turns].toSorted((a, b) => a.sequence - b.sequence)
  const events: HistoryEvent[] = []
  /** Revisions of what exists. */
  let alive = new Map<string, string>()

  for (const moment of moments) {
    if ('turn' in moment) {
      settleSchedules(events, moment)
      const version = versionId(moment.release, group)
      const revision = alive.get(version)
      const event = revision !== undefined && scheduleEvent(group, version, revision, moment)
      if (event) events.push(event)
      continue
    }
    const before = withUnknown(alive, moment, history)
    alive = new Map(before)
    for (const {id, exists} of moment.changes) {
      if (exists) alive.set(id, moment.transactionId)
      else alive.delete(id)
    }
    const turn = turns.find(({sequence}) => sequence === moment.sequence)
    events.push(...stepEvents(group, moment, before, alive, turn))
  }
  return events
}

interface Turned extends ReleaseChange {
  readonly release: string
  readonly turn: Turn
}

const stepsOf = (changes: Iterable<LifecycleChange>): Step[] => {
  const steps = Map.groupBy(changes, ({sequence}) => sequence)
  return [...steps.values()].flatMap((ofStep) => {
    const [first] = ofStep
    return first ? [{...first, changes: ofStep}] : []
  })
}

/** What became of the releases that had a version of the document. Sorts after the steps. */
const turnsOf = (history: History, steps: readonly Step[]): Turned[] => {
  const releases = new Set(
    steps.flatMap(({changes}) => changes.flatMap(({id}) => releaseOf(id) ?? [])),
  )
  return [...releases].flatMap((release) =>
    releaseChanges(history, release).flatMap((change) => {
      const turn = turnOf(change)
      return turn ? [{...change, release, turn}] : []
    }),
  )
}

/** Documents whose beginning history has forgotten existed all the same. */
const withUnknown = (
  alive: ReadonlyMap<string, string>,
  {sequence, changes}: Step,
  history: History,
): ReadonlyMap<string, string> => {
  const unknown = changes.filter(({id, existed}) => existed && !alive.has(id))
  return new Map([
    ...alive,
    ...unknown.map(({id}): [string, string] => [
      id,
      history.documentAt(id, sequence - 1)?._rev ?? '',
    ]),
  ])
}

const scheduleEvent = (
  group: string,
  version: string,
  versionRevisionId: string,
  {release, turn, timestamp, author, after}: Turned,
): HistoryEvent | undefined => {
  const event = {
    timestamp,
    author,
    documentId: group,
    releaseId: release,
    versionId: version,
    versionRevisionId,
  }
  if (turn === 'unschedule') return {type: 'unscheduleDocumentVersion', ...event}
  if (turn !== 'schedule') return undefined
  const publishAt = after?.publishAt ?? null
  return {type: 'scheduleDocumentVersion', ...event, state: 'pending', publishAt}
}

/** A schedule tells what became of it. */
const settleSchedules = (events: HistoryEvent[], {release, turn}: Turned): void => {
  const state = turn === 'unschedule' ? 'unscheduled' : 'published'
  if (!['unschedule', 'publish', 'publishScheduled'].includes(turn)) return
  events.forEach((event, index) => {
    if (event.releaseId === release && event.state === 'pending') events[index] = {...event, state}
  })
}
