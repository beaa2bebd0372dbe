import {badRequest} from '../../errors.ts'

/**
 * A date and time as history compares them: ISO 8601 in UTC with milliseconds.
 * @throws 400 for anything that is no date.
 */
export const utcTime = (text: string): string => {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw badRequest(`"${text}" is not a date and time`)
  return new Date(time).toISOString()
}
