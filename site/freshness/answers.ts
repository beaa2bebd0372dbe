/**
 * The site's cache: finished answers by address, each kept until one of its sync tags changes.
 *
 * An answer that may be out of date is not thrown away: it is shown when the lake does not answer.
 */

/** A finished answer, without what depends on the request (`../http/respond.ts`). */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** Makes an answer, and reports the tags of all that it read. */
export type Make<Made extends Answer> = (onTags: (tags: readonly string[]) => void) => Promise<Made>

/** Whether changes are reported. If not, an answer is good for a minute at most. */
export type IsWatched = () => boolean

interface Kept<Made extends Answer> {
  readonly answer: Made
  readonly tags: ReadonlySet<string>
  readonly madeAt: number
  readonly bytes: number
  fresh: boolean
}

interface Making<Made extends Answer> {
  readonly done: Promise<Made>
  /** All that changed since it began. */
  readonly changed: Set<string>
  changedWholly: boolean
}

export interface Answers<Made extends Answer> {
  /** The answer at `address`: kept, being made for another request, or made now. */
  get(address: string, make: Make<Made>): Promise<Made>
  /** Answers with one of these tags are out of date. */
  drop(tags: readonly string[]): void
  /** All answers are out of date. */
  dropAll(): void
}

interface Options {
  readonly maxBytes: number
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly isWatched: IsWatched
  /** What an answer takes up beside its body, such as compressed copies; rough. */
  readonly overhead: number
}

/** How long an answer is good while changes are not reported: a minute. */
const UNWATCHED_LIFE = 60_000

/** Only these are worth keeping: any address can be asked for, and most lead nowhere. */
const KEPT_STATUSES = [200, 301, 410]

/** An empty cache. */
export const openAnswers = <Made extends Answer>({
  maxBytes,
  now,
  isWatched,
  overhead,
}: Options): Answers<Made> => {
  // In the order of their last use, because a Map keeps the order of insertion.
  const kept = new Map<string, Kept<Made>>()
  const making = new Map<string, Making<Made>>()
  const unfinished = new Set<Making<Made>>()
  let bytes = 0

  const remove = (address: string): void => {
    const entry = kept.get(address)
    if (entry === undefined) return
    kept.delete(address)
    bytes -= entry.bytes
  }

  const keep = (address: string, entry: Kept<Made>): void => {
    remove(address)
    if (entry.bytes > maxBytes) return
    kept.set(address, entry)
    bytes += entry.bytes
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) break
      remove(oldest)
    }
  }

  const isGood = (entry: Kept<Made>): boolean =>
    entry.fresh && (isWatched() || now() - entry.madeAt < UNWATCHED_LIFE)

  const run = (address: string, make: Make<Made>): Making<Made> => {
    const madeAt = now()
    const tags = new Set<string>()
    const finish = async (): Promise<Made> => {
      try {
        const answer = await make((found) => {
          for (const tag of found) tags.add(tag)
        })
        const isOutdated = mine.changedWholly || [...tags].some((tag) => mine.changed.has(tag))
        if (!KEPT_STATUSES.includes(answer.status)) remove(address)
        else if (!isOutdated) {
          const size = answer.body.length + address.length + overhead
          keep(address, {answer, tags, madeAt, bytes: size, fresh: true})
        }
        return answer
      } catch (error) {
        const last = kept.get(address)
        if (last === undefined) throw error
        return last.answer
      } finally {
        unfinished.delete(mine)
        if (making.get(address) === mine) making.delete(address)
      }
    }
    const mine: Making<Made> = {
      // Begins after the registration below.
      done: Promise.resolve().then(finish),
      changed: new Set(),
      changedWholly: false,
    }
    unfinished.add(mine)
    making.set(address, mine)
    return mine
  }

  return {
    get: async (address, make) => {
      const entry = kept.get(address)
      if (entry && isGood(entry)) {
        kept.delete(address)
        kept.set(address, entry)
        return entry.answer
      }
      return (making.get(address) ?? run(address, make)).done
    },
    drop: (tags) => {
      for (const entry of kept.values()) {
        if (tags.some((tag) => entry.tags.has(tag))) entry.fresh = false
      }
      for (const each of unfinished) for (const tag of tags) each.changed.add(tag)
      // A request from now on must not share an answer that was begun before the change.
      making.clear()
    },
    dropAll: () => {
      for (const entry of kept.values()) entry.fresh = false
      for (const each of unfinished) each.changedWholly = true
      making.clear()
    },
  }
}
