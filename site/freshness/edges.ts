/**
 * The time that queries are asked with. It stands still until the next edge, the time at which an
 * embargo, an expiry or a planned publication changes what readers see. So an answer stays right,
 * and cached, for as long as nothing changes, and no story shows early or late.
 */
import type {Timers} from './timers.ts'

/** What the lake says about the next edge after a time. */
export interface NextEdge {
  /** ISO 8601, or null when time alone will change nothing. */
  readonly next: string | null
  /** When one of these sync tags changes, there may be another edge. */
  readonly tags: readonly string[]
}

export interface Edges {
  /** The time to ask with, in the form of `toISOString()`. */
  now(): string
  /** Whether the next edge is known. If not, `now` is the present. */
  isKnown(): boolean
  /** Asks for the next edge if one of these tags concerns it, or always without tags. */
  refresh(tags?: readonly string[]): void
  close(): void
}

interface Options {
  readonly timers: Timers
  readonly askNext: (now: string) => Promise<NextEdge>
  /** Called when an edge has passed: every answer may differ. */
  readonly onEdge: () => void
}

/** After a failure, in milliseconds. */
const PAUSE = 2_000

/** The longest timer, because a timer of more than 24.8 days would ring at once: a day. */
const DAY = 86_400_000

/** Asks for the first edge at once. */
export const openEdges = ({timers, askNext, onEdge}: Options): Edges => {
  const present = (): string => new Date(timers.now()).toISOString()
  let last = present()
  let tags: ReadonlySet<string> | undefined
  let turn = 0
  // An edge may have passed while the lake did not answer.
  let hasMissed = false
  let cancel: (() => void) | undefined

  const waitUntil = (edge: number): void => {
    const left = edge - timers.now()
    cancel = timers.after(Math.max(0, Math.min(left, DAY)), () =>
      timers.now() < edge ? waitUntil(edge) : pass(),
    )
  }

  const pass = (): void => {
    refresh()
    onEdge()
  }

  const refresh = (changed?: readonly string[]): void => {
    if (changed && tags && !changed.some((tag) => tags?.has(tag))) return
    turn += 1
    const mine = turn
    cancel?.()
    tags = undefined
    last = present()
    void waitForNext(mine, last)
  }

  const waitForNext = async (mine: number, now: string): Promise<void> => {
    const edge = await askNext(now).catch(() => null)
    if (mine !== turn) return
    if (edge === null) {
      hasMissed = true
      cancel = timers.after(PAUSE, () => refresh())
      return
    }
    tags = new Set(edge.tags)
    if (hasMissed) onEdge()
    hasMissed = false
    if (edge.next !== null) waitUntil(Date.parse(edge.next))
  }

  refresh()
  return {
    now: () => (tags === undefined ? present() : last),
    isKnown: () => tags !== undefined,
    refresh,
    close: () => {
      turn += 1
      cancel?.()
    },
  }
}
