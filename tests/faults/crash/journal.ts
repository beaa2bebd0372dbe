/**
 * The crash program's own record of each request: when it was sent, and the response. It is the only
 * evidence of what the lake acknowledged, so it never queries the lake.
 *
 * Times are values of a counter that increases with every event, so they give the order of events.
 */
import type {Json, JsonObject} from '../../../packages/lake/src/core/document.ts'

export type Outcome =
  /** Sent, with unknown outcome: the server died, or the client disconnected. */
  | 'open'
  /** 2xx: it is durable. */
  | 'acknowledged'
  /** 4xx: it did nothing. */
  | 'refused'
  /** 5xx: applied completely or not at all. */
  | 'failed'

interface Request {
  readonly dataset: string
  readonly sentAt: number
  outcome: Outcome
  /** When the response arrived, or when it was certain that none would. */
  doneAt: number | undefined
}

/** A transaction whose id the test chose: mutations or actions, as they were sent. */
export interface SentTransaction extends Request {
  readonly kind: 'transaction'
  readonly id: string
  readonly mutations: readonly JsonObject[]
  readonly actions: readonly JsonObject[]
}

/** An upload of an asset. */
export interface SentUpload extends Request {
  readonly kind: 'upload'
  readonly sha1: string
  readonly size: number
}

/** A file of documents written by `lake import`: see `importedDocument`. */
export interface SentImport extends Request {
  readonly kind: 'import'
  readonly run: string
  readonly count: number
}

/** An operation on a whole dataset. */
export interface SentLifecycle extends Request {
  readonly kind: 'lifecycle'
  readonly verb: 'create' | 'delete' | 'reset' | 'copy'
  /** For a copy: its source. */
  readonly from?: string
  /** For a copy: the transactions that its source had acknowledged before the request. */
  readonly includes?: readonly SentTransaction[]
}

export type Entry = SentTransaction | SentUpload | SentImport | SentLifecycle

export interface Journal {
  /** Records a request before its first byte is sent. */
  sent<E extends Omit<Entry, 'sentAt' | 'outcome' | 'doneAt'>>(entry: E): E & Request
  answered(entry: Request, outcome: Outcome): void
  /**
   * Requests sent before a time and answered after it may have had no effect: the system reported a
   * flush that did not happen.
   */
  doubt(since: number): void
  /** Open requests can have no effect any more, because their process has exited. */
  settle(): void
  transaction(id: string): SentTransaction | undefined
  of(dataset: string): readonly Entry[]
  /** All that were named in a request. */
  readonly datasets: readonly string[]
  /** Clears the journal for a new folder. */
  clear(): void
  /** The current time; every event has a different one. */
  readonly time: number
  readonly counts: Readonly<Record<Outcome, number>>
}

const isTransaction = (entry: Request): entry is SentTransaction =>
  'kind' in entry && entry.kind === 'transaction'
const isEntry = (entry: Request): entry is Entry => 'kind' in entry

export const createJournal = (): Journal => {
  let clock = 0
  const byId = new Map<string, SentTransaction>()
  const byDataset = new Map<string, Entry[]>()
  const waiting = new Set<Request>()
  const counts = {open: 0, acknowledged: 0, refused: 0, failed: 0}
  return {
    sent(wanted) {
      const entry = {...wanted, sentAt: (clock += 1), outcome: 'open' as const, doneAt: undefined}
      const noted: typeof wanted & Request = entry
      if (isTransaction(noted)) byId.set(noted.id, noted)
      if (isEntry(noted)) {
        const list = byDataset.get(noted.dataset) ?? []
        list.push(noted)
        byDataset.set(noted.dataset, list)
      }
      waiting.add(noted)
      counts.open += 1
      return noted
    },
    answered(entry, outcome) {
      counts[entry.outcome] -= 1
      counts[outcome] += 1
      entry.outcome = outcome
      if (outcome === 'open') return
      entry.doneAt = clock += 1
      waiting.delete(entry)
    },
    doubt(since) {
      for (const entry of [...byDataset.values()].flat()) {
        const {outcome, sentAt, doneAt = 0} = entry
        if (outcome !== 'acknowledged' || sentAt > since || doneAt <= since) continue
        counts[outcome] -= 1
        counts.open += 1
        entry.outcome = 'open'
      }
    },
    settle() {
      clock += 1
      for (const entry of waiting) entry.doneAt = clock
      waiting.clear()
    },
    transaction: (id) => byId.get(id),
    of: (dataset) => byDataset.get(dataset) ?? [],
    get datasets() {
      return [...byDataset.keys()]
    },
    clear() {
      byId.clear()
      byDataset.clear()
      waiting.clear()
    },
    get time() {
      return clock
    },
    counts,
  }
}

/** The expected outcome of a request in the journal, given the operations on its dataset. */
export type Verdict = 'required' | 'forbidden' | 'possible'

export const verdictOn = (entry: Request, journal: Pick<Journal, 'of' | 'datasets'>): Verdict => {
  if (entry.outcome === 'refused') return 'forbidden'
  const ends = lifecycleOf(journal, entry.dataset).filter(
    ({verb, outcome}) => (verb === 'delete' || verb === 'reset') && outcome !== 'refused',
  )
  const done = entry.doneAt ?? Infinity
  const last = ends.findLast(({outcome, sentAt}) => outcome === 'acknowledged' && sentAt > done)
  if (last) return mayComeBack(entry, last, journal) ? 'possible' : 'forbidden'
  if (entry.outcome !== 'acknowledged') return 'possible'
  const isBeside = ends.some((end) => (end.doneAt ?? Infinity) > entry.sentAt)
  return isBeside ? 'possible' : 'required'
}

const lifecycleOf = (
  journal: Pick<Journal, 'of' | 'datasets'>,
  dataset: string,
): readonly SentLifecycle[] =>
  journal.of(dataset).filter((one): one is SentLifecycle => one.kind === 'lifecycle')

/**
 * Whether a request's effect may be in its dataset after the dataset was emptied: it was copied to
 * another dataset before, directly or through others, and from there back.
 */
const mayComeBack = (
  entry: Request,
  end: SentLifecycle,
  journal: Pick<Journal, 'of' | 'datasets'>,
): boolean => {
  const copies = journal.datasets
    .flatMap((dataset) => lifecycleOf(journal, dataset))
    .filter(({verb, outcome}) => verb === 'copy' && outcome !== 'refused')
    .toSorted((a, b) => (a.doneAt ?? Infinity) - (b.doneAt ?? Infinity))
  /** Other datasets that may have the effect, and since when. */
  const holders = new Map<string, number>()
  for (const {dataset, from = '', sentAt, doneAt = Infinity} of copies) {
    const isBeforeEnd = sentAt < (end.doneAt ?? Infinity)
    const since = from === entry.dataset && isBeforeEnd ? entry.sentAt : holders.get(from)
    if (since === undefined || doneAt < since) continue
    if (dataset !== entry.dataset)
      holders.set(dataset, Math.min(sentAt, holders.get(dataset) ?? sentAt))
    else if (doneAt > end.sentAt) return true
  }
  return false
}

/** A document of an import: its content follows from its id. */
export const importedDocument = (run: string, n: number): {_id: string; [key: string]: Json} => ({
  _id: `import-${run}-${n}`,
  _type: 'imported',
  n,
  bucket: n % 7,
  text: `Line ${n} of import ${run}. `.repeat(1 + (n % 5)),
})
