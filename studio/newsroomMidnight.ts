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

/** How far the newsroom's clock is ahead of UTC at an instant, in milliseconds. */
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

/** The instant at which the newsroom's present day began, as an ISO date in UTC. */
export const newsroomMidnight = (now: Date): string => {
  const instant = now.getTime()
  const wallMidnight = Math.floor((instant + offsetAt(instant)) / day) * day
  // The clocks may have changed since midnight, so the offset of midnight itself counts.
  const guess = wallMidnight - offsetAt(instant)
  return new Date(wallMidnight - offsetAt(guess)).toISOString()
}
