/** A value with fields: documents in a view are whatever has been typed so far. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list; nothing for what is no list. */
export const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** A text that is there. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The id that a reference leads to. */
export const refOf = (value: unknown): string => (isRecord(value) && textOf(value['_ref'])) || ''
