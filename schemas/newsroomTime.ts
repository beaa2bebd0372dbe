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
 * The day of a time as the newsroom reads it, such as “14 Feb 2021”; nothing for no time. A plain
 * date means its midnight in UTC, which is the same day in London.
 */
export const newsroomDay = (time: unknown): string | undefined => {
  const date = typeof time === 'string' ? new Date(time) : undefined
  return date && !Number.isNaN(date.getTime()) ? day.format(date) : undefined
}

const timeAndDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: newsroomTimeZone,
})

/** A time on the newsroom’s clock, such as “14 Feb 2021, 12:31”. */
export const newsroomTimeAndDay = (time: string): string => timeAndDay.format(new Date(time))
