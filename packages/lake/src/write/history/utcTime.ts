import {badRequest} from '../../core/errors.ts'
import {TIMESTAMP_EXAMPLE, parseTimestamp} from '../../core/timestamp.ts'

const DAY = /^\d{4}-\d\d-\d\d$/

/**
 * A date and time as history compares them: ISO 8601 in UTC with milliseconds. A day alone begins
 * at midnight in UTC.
 * @throws 400 for anything else, a time without a zone among it.
 */
export const utcTime = (text: string): string => {
  const time = parseTimestamp(DAY.test(text) ? `${text}T00:00:00Z` : text)
  if (time === undefined) {
    throw badRequest(
      `"${text}" is not a date and time with a time zone, such as ${TIMESTAMP_EXAMPLE}`,
    )
  }
  return new Date(time).toISOString()
}
