/** Dates with time: reading RFC 3339, and writing it. */
import {Scalar} from '../core/value.ts'

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[-+](?:[01]\d|2[0-3]):[0-5]\d)$/

/** The first and the last time that RFC 3339 can write: years 0000 and 9999. */
const earliest = Date.parse('0000-01-01T00:00:00Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

/** A point in time, to the millisecond (specification, "Datetime"). */
export class DateTime extends Scalar {
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super()
    this.milliseconds = milliseconds
  }

  override toString(): string {
    return new Date(this.milliseconds).toISOString().replace('.000Z', 'Z')
  }

  toJSON(): string {
    return this.toString()
  }
}

/** A datetime from milliseconds since 1970; null when no valid date and time has that number. */
export const dateTimeFrom = (milliseconds: number): DateTime | null =>
  milliseconds >= earliest && milliseconds <= latest ? new DateTime(milliseconds) : null

/** Reads an RFC 3339 timestamp; null for anything else, and for days that no calendar has. */
export const parseDateTime = (text: string): DateTime | null => {
  const match = rfc3339.exec(text)
  if (!match) return null
  const [, year, month, day] = match
  return isCalendarDay(Number(year), Number(month), Number(day))
    ? dateTimeFrom(Date.parse(text))
    : null
}

const isCalendarDay = (year: number, month: number, day: number): boolean => {
  if (month < 1 || month > 12 || day < 1) return false
  if (month === 2) return day <= (isLeapYear(year) ? 29 : 28)
  return day <= ([4, 6, 9, 11].includes(month) ? 30 : 31)
}

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
