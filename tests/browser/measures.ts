import {appendFile, readFile} from 'node:fs/promises'

import type {Watched} from './consoleErrors.ts'

interface Measure {
  readonly name: string
  readonly value: string
}

/** The numbers of console errors in one test. */
interface ConsoleCount {
  readonly outside: number
  readonly listed: number
}

/** Records a figure for the table at the end of the run. No test depends on a figure. */
export const noteMeasure = (file: string, name: string, value: string): Promise<void> =>
  appendFile(file, `${JSON.stringify({name, value} satisfies Measure)}\n`)

/** Records a test's console errors, for the sum over all tests. */
export const noteConsole = (file: string, pages: readonly Watched[]): Promise<void> => {
  const count: ConsoleCount = {
    outside: pages.reduce((sum, {complaints}) => sum + complaints.length, 0),
    listed: pages.reduce((sum, {tolerated}) => sum + tolerated, 0),
  }
  return appendFile(file, `${JSON.stringify(count)}\n`)
}

/** The table, for a terminal. */
export const describeMeasures = async (file: string): Promise<string> => {
  const notes = await readNotes(file)
  const counts = notes.filter((note) => 'outside' in note)
  const sum = (of: keyof ConsoleCount): number =>
    counts.reduce((total, count) => total + count[of], 0)
  const measures = notes.filter((note) => 'name' in note)
  if (counts.length > 0) {
    const value = `${sum('outside')} outside the list (${sum('listed')} on it)`
    measures.push({name: 'console errors', value})
  }
  const width = Math.max(0, ...measures.map(({name}) => name.length))
  return measures
    .map(({name, value}) => `  ${name.padEnd(width)}  ${value}\n`)
    .toSorted()
    .join('')
}

const readNotes = async (file: string): Promise<(Measure | ConsoleCount)[]> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return []
  }
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Measure | ConsoleCount => JSON.parse(line))
}

/** Formats milliseconds for people. */
export const inSeconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
