/** The desk: the start of the newsroom’s day, for a list that depends on it. */
import {newsroomTimeZone} from '../schemas/newsroomTime.ts'

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: newsroomTimeZone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
})

/** The newsroom's UTC offset at a time, in milliseconds. */
const offsetAt = (instant: number): number => {
  const parts = new Map(
    clock.formatToParts(instant).map(({type, value}) => [type, Number(value)] as const),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(instant / 1000) * 1000
}

const day = 24 * 60 * 60 * 1000

/**
 * When today, or a day before it, began on the newsroom's clock, as an ISO date in UTC.
 * @param daysAgo 0 for today, 1 for yesterday
 */
export const newsroomMidnight = (now: Date, daysAgo = 0): string => {
  const instant = now.getTime()
  const wallMidnight = (Math.floor((instant + offsetAt(instant)) / day) - daysAgo) * day
  // The clocks may have changed since midnight, so use the offset at midnight.
  const guess = wallMidnight - offsetAt(instant)
  return new Date(wallMidnight - offsetAt(guess)).toISOString()
}
