/** Joins the parts that keep the site fresh: live changes, the clock of edges, and kept answers. */
import type {SanityClient} from '@sanity/client'

import {clockEdgeQuery} from '../../front/queries/index.ts'
import {type Answer, type Answers, openAnswers} from './answers.ts'
import {type Ask, askWith} from './ask.ts'
import {openEdges} from './edges.ts'
import {followLiveChanges} from './liveChanges.ts'
import type {Timers} from './timers.ts'

/** What makes an answer: questions to the lake, and the time to ask them with. */
export type Render<Made extends Answer> = (ask: Ask, now: string) => Promise<Made>

export interface Watched<Made extends Answer> {
  /** The answer at an address of the site, as fresh as the lake. */
  answer(address: string, render: Render<Made>): Promise<Made>
  /** Something changed, and nobody knows what: no kept answer is given again. */
  forget(): void
  /** Whether changes are reported; if not, answers are up to a minute old. */
  isWatching(): boolean
  close(): void
}

interface Options {
  /** Reads published documents. */
  readonly client: SanityClient
  readonly timers: Timers
  /** Bytes of kept answers. */
  readonly maxBytes: number
}

/** What an entry takes up beside its bytes: headers, tags, and a compressed copy. */
const OVERHEAD = 8_000

export const openWatched = <Made extends Answer>({
  client,
  timers,
  maxBytes,
}: Options): Watched<Made> => {
  const answers: Answers<Made> = openAnswers({
    maxBytes,
    now: timers.now,
    isWatched: () => isWatching(),
    overhead: OVERHEAD,
  })
  const edges = openEdges({
    timers,
    onEdge: answers.dropAll,
    askNext: async (now) => {
      let tags: readonly string[] = []
      const ask = askWith(client, (found) => {
        tags = found
      })
      return {next: await ask(clockEdgeQuery, {now}), tags}
    },
  })
  const forget = (): void => {
    edges.refresh()
    answers.dropAll()
  }
  const changes = followLiveChanges({
    client,
    timers,
    includeDrafts: false,
    onTags: (tags) => {
      // The clock first, because a new story is later than the last edge.
      edges.refresh(tags)
      answers.drop(tags)
    },
    onUnknown: forget,
  })
  const isWatching = (): boolean => changes.isOpen() && edges.isKnown()
  /** Without the stream a new story does not move the clock, so queries use the present. */
  const now = (): string => (isWatching() ? edges.now() : new Date(timers.now()).toISOString())
  return {
    answer: (address, render) =>
      answers.get(address, (onTags) => render(askWith(client, onTags), now())),
    forget,
    isWatching,
    close: () => {
      changes.close()
      edges.close()
    },
  }
}
