/**
 * For the schema's rules, previews and the Studio: reading documents as they are while an editor works
 * on them, whatever an editor, a paste or an API client has put there so far. Nothing is assumed,
 * everything is narrowed.
 */

/** A value with fields. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; none where there is no list. */
export const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** A string that is there and not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The id that a reference points to. */
export const refOf = (value: unknown): string | undefined =>
  isRecord(value) ? textOf(value['_ref']) : undefined
