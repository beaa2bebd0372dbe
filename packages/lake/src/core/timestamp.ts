/**
 * Reads timestamps that clients send. One without a time zone is rejected: JavaScript would read
 * it in the zone of the machine, so it would mean a different time on another server. (Sanity
 * documents UTC with a "Z", sanity.io/docs/scheduling-api; an offset is as clear.)
 */
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(Z|[-+](?:[01]\d|2[0-3]):?[0-5]\d)?$/

/** A valid timestamp, for error messages. */
export const TIMESTAMP_EXAMPLE = '2030-01-31T09:00:00Z'

/**
 * Milliseconds since 1970 of an ISO 8601 date and time with "Z" or an offset; undefined for anything
 * else, such as 30 February.
 */
export const parseTimestamp = (text: string): number | undefined =>
  INSTANT.exec(text)?.[4] === undefined ? undefined : instantOf(text)

/** As `parseTimestamp`, but a stored timestamp without a zone is read as UTC. */
export const parseStoredTimestamp = (text: string): number | undefined => {
  const match = INSTANT.exec(text)
  if (!match) return undefined
  return instantOf(match[4] === undefined ? `${text}Z` : text)
}

const instantOf = (text: string): number | undefined => {
  const day = text.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  // JavaScript reads 30 February as 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) {
    return undefined
  }
  const time = Date.parse(text.replace(/([-+]\d\d)(\d\d)$/, '$1:$2'))
  return Number.isNaN(time) ? undefined : time
}

/** ISO 8601 in UTC, but never before `earliest`: the clock may have been set back. */
export const timeNotBefore = (milliseconds: number, earliest: string | undefined): string => {
  const floor = earliest === undefined ? Number.NaN : Date.parse(earliest)
  return new Date(floor > milliseconds ? floor : milliseconds).toISOString()
}
