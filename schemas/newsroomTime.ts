/**
 * The newsroom's zone, for every date input: an editor in New York and one in London see and enter
 * the same wall-clock time, whatever their browsers say. Values are stored in UTC.
 */
export const newsroomTimeZone = 'Europe/London'

/** Options of every `datetime` field. */
export const newsroomTime = {
  dateFormat: 'D MMM YYYY',
  timeFormat: 'HH:mm',
  timeStep: 5,
  displayTimeZone: newsroomTimeZone,
  allowTimeZoneSwitch: false,
} as const

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: newsroomTimeZone,
})

/**
 * The day of an instant as the newsroom reads it, such as “14 Feb 2021”; nothing for no instant. A
 * plain date stands for its midnight in UTC, which is the same day in London.
 */
export const newsroomDay = (instant: unknown): string | undefined => {
  const date = typeof instant === 'string' ? new Date(instant) : undefined
  return date && !Number.isNaN(date.getTime()) ? day.format(date) : undefined
}

const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: newsroomTimeZone,
})

/** An instant on the newsroom’s clock, such as “14 Feb 2021, 12:31”. */
export const newsroomMoment = (instant: string): string => moment.format(new Date(instant))
