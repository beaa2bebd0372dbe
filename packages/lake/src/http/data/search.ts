import {badRequest} from '../../core/errors.ts'
import {isRequestTag} from '../../core/ids.ts'

/** Reading what follows the question mark. A wrong value is refused, never guessed at. */
export const parametersOf = (search: string): URLSearchParams => new URLSearchParams(search)

/** `true` or `false`; absent or empty is `otherwise`. */
export const flag = (parameters: URLSearchParams, name: string, otherwise = false): boolean => {
  const value = parameters.get(name)
  if (value === null || value === '') return otherwise
  if (value === 'true' || value === '1') return true
  if (value === 'false' || value === '0') return false
  throw badRequest(`Parameter "${name}" must be true or false, not "${value}".`)
}

/** A whole number from `least` to `most`. */
export const wholeNumber = (
  parameters: URLSearchParams,
  name: string,
  {otherwise, least, most}: {otherwise: number; least: number; most: number},
): number => {
  const value = parameters.get(name)
  if (value === null || value === '') return otherwise
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (number >= least && number <= most) return number
  throw badRequest(`Parameter "${name}" must be a number from ${least} to ${most}.`)
}

/** Request tags appear in logs; the grammar is documented. */
export const checkTag = (parameters: URLSearchParams): void => {
  const tag = parameters.get('tag')
  if (tag === null || isRequestTag(tag)) return
  throw badRequest(
    'Parameter "tag" must be 1 to 75 letters, digits, dots, underscores and hyphens.',
  )
}
