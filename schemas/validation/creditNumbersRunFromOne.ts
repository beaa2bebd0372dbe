import {records} from '../untyped.ts'

/** Numbered sources are numbered as a list is; lines without a number belong to the one above. */
export const creditNumbersRunFromOne = (value: unknown[] | undefined) => {
  const numbers = records(value)
    .map((line) => line['number'])
    .filter((number) => number !== undefined)
  return (
    (new Set(numbers).size === numbers.length &&
      numbers.every((_, index) => numbers.includes(index + 1))) ||
    'Number the sources 1, 2, 3 … without gaps or repeats, or leave the numbers out.'
  )
}
