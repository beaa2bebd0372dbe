/**
 * The printed publication time, `14 Feb 2021 12:31`, has no zone. It is read in the zone of the
 * publication’s newsroom; the two hours a year where that is not enough are reported.
 */
import {Temporal} from 'temporal-polyfill'

export interface PublicationTime {
  /** The wall clock as printed, to the minute: `2021-02-14T12:31`. */
  readonly local: string
  /** UTC in the form of `Date.toISOString`, because GROQ compares times as strings. */
  readonly instant: string
  /**
   * `repeated`: the clocks went back over this time; the first of the two is used. `skipped`: the
   * clocks went forward over it; it is read with the offset before the change.
   */
  readonly doubt: 'repeated' | 'skipped' | undefined
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const PRINTED = /^(\d{1,2}) (\p{L}+)\.? (\d{4}),? (\d{1,2})[:.](\d{2})$/u

/** Undefined if the text is not such a time, or the date does not exist. */
export function publicationTime(printed: string, timeZone: string): PublicationTime | undefined {
  const [, day, monthName, year, hour, minute] = PRINTED.exec(printed) ?? []
  const month = monthNumber(monthName ?? '')
  if (!day || !month || !year || !hour || !minute) return undefined

  const local = plainTime(Number(year), month, Number(day), Number(hour), Number(minute))
  if (!local) return undefined
  const earlier = local.toZonedDateTime(timeZone, {disambiguation: 'earlier'})
  const later = local.toZonedDateTime(timeZone, {disambiguation: 'later'})
  const skipped = !earlier.toPlainDateTime().equals(local)
  const repeated = !skipped && !earlier.equals(later)
  const chosen = skipped ? later : earlier
  return {
    local: local.toString({smallestUnit: 'minute'}),
    instant: chosen.toInstant().toString({smallestUnit: 'millisecond'}),
    doubt: skipped ? 'skipped' : repeated ? 'repeated' : undefined,
  }
}

/** 1–12 for `Feb`, `February` or `Sept`; 0 when there is no such month. */
function monthNumber(name: string): number {
  const written = name.toLowerCase().replace(/^sept$/, 'sep')
  return MONTHS.findIndex((month) => month === written || month.slice(0, 3) === written) + 1
}

function plainTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from({year, month, day, hour, minute}, {overflow: 'reject'})
  } catch {
    return undefined
  }
}
