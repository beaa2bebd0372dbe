/** Times of sources → UTC, where the source or `site.json` says which zone it means. */
import {Temporal} from 'temporal-polyfill'

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

/** A local time as databases write it, `2014-05-01 06:30:00`, in a zone. */
export function instantIn(
  local: string,
  timeZone: string,
): {readonly instant: string; readonly doubt: boolean} | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?$/.test(local)) return undefined
  try {
    const plain = Temporal.PlainDateTime.from(local.replace(' ', 'T'), {overflow: 'reject'})
    const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
      plain.toZonedDateTime(timeZone, {disambiguation}).toInstant(),
    )
    if (!earlier || !later) return undefined
    // A time that the clocks went over is read with the offset before the change.
    const isThere = earlier.toZonedDateTimeISO(timeZone).toPlainDateTime().equals(plain)
    const chosen = isThere ? earlier : later
    return {
      instant: chosen.toString({smallestUnit: 'millisecond'}),
      doubt: !earlier.equals(later),
    }
  } catch {
    return undefined
  }
}

/** `new Date` takes 30 February for 2 March. */
function dayExists(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}
