/**
 * Timing on a shared machine: alternatives take turns in batches of about two milliseconds, so that
 * a disturbance affects all of them, and the result is the ratio of neighbouring batches. Absolute
 * times are the lower quartile, which is close to an idle machine.
 */
export interface Timed {
  /** Microseconds for one call. */
  readonly time: number
  /** The time of this alternative divided by that of the first: the median over all rounds. */
  readonly ratio: number
  readonly calls: number
}

const BATCH_TIME = 2
const FEWEST_ROUNDS = 3

/**
 * @param alternatives The functions, called with the number of the call; the first is the
 * reference.
 * @param milliseconds The approximate total time.
 */
export const interleave = (
  alternatives: readonly ((turn: number) => unknown)[],
  milliseconds: number,
): readonly Timed[] => {
  const runs = alternatives.map((call) => ({call, batch: batchSize(call), turn: 0, times: [0]}))
  for (const run of runs) run.times.pop()
  const end = performance.now() + milliseconds
  for (let round = 0; round < FEWEST_ROUNDS || performance.now() < end; round += 1) {
    for (const run of runs) {
      const started = performance.now()
      for (let count = 0; count < run.batch; count += 1) run.call(run.turn++)
      run.times.push(((performance.now() - started) / run.batch) * 1000)
    }
  }
  const [first] = runs
  return runs.map(({times, turn}) => ({
    time: quantile(times, 0.25),
    ratio: quantile(
      times.map((time, round) => time / (first?.times[round] ?? time)),
      0.5,
    ),
    calls: turn,
  }))
}

const batchSize = (call: (turn: number) => unknown): number => {
  let started = performance.now()
  call(0)
  if (performance.now() - started > 100 * BATCH_TIME) return 1
  started = performance.now()
  let calls = 0
  while (performance.now() - started < BATCH_TIME) call(calls++)
  return Math.max(1, calls)
}

/** @param share 0.5 for the median. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
