/** One measured number and its target. */
export interface Figure {
  /** The name in the table. */
  readonly name: string
  readonly value: number
  /** Empty for a number of what the name says. */
  readonly unit: 'µs' | 'ms' | 'kB' | 'MB' | '×' | ''
  /** Undefined if the number has no target. */
  readonly target?: {readonly atMost: number} | {readonly atLeast: number}
  readonly note?: string
}

export const isReached = ({value, target}: Figure): boolean | undefined => {
  if (!target) return undefined
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast
}

const number = (value: number): string =>
  value >= 100 || Number.isInteger(value)
    ? Math.round(value).toLocaleString('en')
    : value.toPrecision(3)

const goal = ({target, unit}: Figure): string => {
  if (!target) return ''
  const bound = 'atMost' in target ? `≤ ${number(target.atMost)}` : `≥ ${number(target.atLeast)}`
  return `${bound} ${unit}`.trim()
}

/** The figures as a Markdown table. */
export const table = (figures: readonly Figure[]): string =>
  [
    '| figure | measured | to reach | |',
    '|---|---:|---:|---|',
    ...figures.map((figure) => {
      const reached = isReached(figure)
      const mark = reached === undefined ? '' : reached ? 'yes' : '**no**'
      const note = figure.note === undefined ? '' : ` ${figure.note}`
      return `| ${figure.name} | ${`${number(figure.value)} ${figure.unit}`.trim()} | ${goal(figure)} | ${mark}${note} |`
    }),
  ].join('\n')
