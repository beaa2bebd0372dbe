/** One figure from the output of the bench; see `figure.ts`. */
export interface Reading {
  readonly name: string
  readonly value: number
  /** Whether a larger value is the better one. */
  readonly isMoreBetter: boolean
}

/** Name, value, unit, target, and the note after `yes` or `no`. */
const ROW = /^\| (.+?) \| ([\d.,]+(?:e[+-]?\d+)?|NaN) (µs|ms|MB|×) \| ([≤≥]?)[^|]*\| (.*)\|$/gm

/**
 * Parses the table that `bench/run.ts` prints, in this version or an earlier one. A processor time
 * in a note (`0.41 × by processor time`) is a separate figure.
 */
export const readingsOf = (printed: string): readonly Reading[] =>
  [...printed.matchAll(ROW)].flatMap(([, name = '', value = '', unit, goal, note = '']) => {
    const figure = {
      name,
      value: numberFrom(value),
      // A growth (`≤ 1.5 ×`) is better when it is smaller.
      isMoreBetter: goal === '≥' || (goal === '' && unit === '×'),
    }
    const byProcessor = /([\d.]+) × by processor time/.exec(note)?.[1]
    if (byProcessor === undefined) return [figure]
    return [figure, {...figure, name: `${name}, by processor time`, value: numberFrom(byProcessor)}]
  })

const numberFrom = (text: string): number => Number(text.replaceAll(',', ''))
