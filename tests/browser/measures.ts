import {appendFile, readFile} from 'node:fs/promises'

interface Measure {
  readonly name: string
  readonly value: string
}

/** Notes a figure for the table at the end of the run. Figures decide no test. */
export const noteMeasure = (file: string, name: string, value: string): Promise<void> =>
  appendFile(file, `${JSON.stringify({name, value} satisfies Measure)}\n`)

/** The table, for a terminal. */
export const describeMeasures = async (file: string): Promise<string> => {
  const measures = await readMeasures(file)
  const width = Math.max(0, ...measures.map(({name}) => name.length))
  return measures
    .map(({name, value}) => `  ${name.padEnd(width)}  ${value}\n`)
    .toSorted()
    .join('')
}

const readMeasures = async (file: string): Promise<Measure[]> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return []
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Measure => JSON.parse(line))
}

/** Milliseconds as people read them. */
export const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
