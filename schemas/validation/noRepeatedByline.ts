import {records, refOf} from '../untyped.ts'

const identity = (entry: Record<string, unknown>): string =>
  JSON.stringify([refOf(entry['author']), entry['role']])

/** The same author twice in the same role is a slip; twice in two roles is two credits. */
export const noRepeatedByline = (value: unknown[] | undefined) => {
  const entries = records(value)
  return entries
    .filter(
      (entry, index) =>
        refOf(entry['author']) !== undefined &&
        entries.slice(0, index).some((earlier) => identity(earlier) === identity(entry)),
    )
    .map((entry) => ({
      message: 'This author is in the byline twice in the same role: remove one.',
      path: [{_key: String(entry['_key'])}],
    }))
}
