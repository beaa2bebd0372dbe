/** Times of sources → UTC, where the source says which zone it means. */

const ZONED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)$/

/**
 * As `Date.toISOString` writes it; undefined for a time without a zone, and for a date that does not
 * exist.
 */
export function instantOf(raw: string): string | undefined {
  const [, day, time, zone] = ZONED.exec(raw.trim()) ?? []
  if (!day || !time || !zone) return undefined
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(-2)}`
  const date = new Date(`${day}T${time}${offset}`)
  if (Number.isNaN(date.getTime()) || !dayExists(day)) return undefined
  return date.toISOString()
}

/** `new Date` takes 30 February for 2 March. */
function dayExists(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
