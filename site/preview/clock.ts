/** Time travel: a preview of the site as it will be. */
import {Temporal} from 'temporal-polyfill'

/**
 * A local time of a zone in the form of `toISOString()`; null if it is not a time.
 * @param local as a browser's input gives it: `2026-03-02T09:00`
 * @param timeZone IANA name
 */
export const timeIn = (local: string, timeZone: string): string | null => {
  try {
    const instant = Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant()
    return new Date(instant.epochMilliseconds).toISOString()
  } catch {
    return null
  }
}
