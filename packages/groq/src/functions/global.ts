/** Functions without a namespace, such as `count()` and `coalesce()`, and `dateTime::now()`. */
import {queryError} from '../core/errors.ts'
import {isArray, type Value} from '../core/value.ts'
import {eachOf} from '../execution/compiler.ts'
import {chargeText, type Execution, type Scope} from '../execution/execution.ts'
import {oncePerExecution} from '../execution/oncePerExecution.ts'
import {DateTime, dateTimeFrom, parseDateTime} from '../values/dateTime.ts'
import {Path} from '../values/path.ts'
import {scalarText} from './array.ts'
import {type GroqFunction, type Namespace, nullary, special, unary} from './groqFunction.ts'
import {hasReference, referencedIds} from './hasReference.ts'
import {lower, upper} from './string.ts'

const coalesce = special(
  '...values',
  'The first of the values that is not null',
  (args, compiler) => {
    const values = args.map((argument) => compiler.evaluate(argument))
    return {
      evaluate: (scope) => {
        for (const evaluate of values) {
          const value = evaluate(scope)
          if (value !== null) return value
        }
        return null
      },
    }
  },
)

const count = special('array', 'How many elements the array has', ([argument], compiler) => {
  if (!argument) return {evaluate: () => null}
  const compiled = compiler.compile(argument)
  const each = eachOf(compiled)
  return {
    evaluate: (scope) => {
      const counted = compiled.fast?.count?.(scope)
      if (counted !== undefined) return counted
      let elements = 0
      const known = each(scope, () => {
        // Whatever gives the elements has charged them.
        elements++
        return true
      })
      return known ? elements : null
    },
  }
})

const references = special(
  'id, ...ids',
  'Whether `@` refers to any of the ids, anywhere inside it',
  (args, compiler) => {
    const values = args.map((argument) => compiler.evaluate(argument))
    const read = (scope: Scope) =>
      referencedIds(
        values.map((evaluate) => evaluate(scope)),
        scope.execution,
      )
    const closed = args.every((argument) => compiler.isComputedOnce(argument))
    const ids = closed ? oncePerExecution(read) : read
    return {
      evaluate: (scope) => {
        const wanted = ids(scope)
        return wanted.size > 0 && hasReference(scope.value, wanted, scope.execution)
      },
    }
  },
  {readsThis: true},
)

const round = special(
  'number, precision?',
  'The number rounded to so many decimals, halves away from zero',
  ([number, precision], compiler) => {
    const value = number ? compiler.evaluate(number) : () => null
    const decimals = precision ? compiler.evaluate(precision) : () => 0
    return {evaluate: (scope) => roundTo(value(scope), decimals(scope))}
  },
)

/** `toFixed` takes no more decimals than this, and no double has that many that matter. */
const mostDecimals = 100

const roundTo = (value: Value, decimals: Value): Value => {
  if (typeof value !== 'number' || typeof decimals !== 'number') return null
  if (decimals < 0 || !Number.isInteger(decimals)) return null
  if (decimals === 0) return Math.sign(value) * Math.round(Math.abs(value))
  return decimals > mostDecimals ? value : Number(value.toFixed(decimals))
}

const length = (value: Value, execution: Execution): Value => {
  if (isArray(value)) return value.length
  return typeof value === 'string' ? codePoints(value, execution) : null
}

/** Looking for surrogates takes a nanosecond a character: in a short text, less than a charge. */
const LONG = 256

const codePoints = (text: string, execution: Execution): number => {
  if (text.length > LONG) chargeText(execution, text.length)
  return surrogate.test(text) ? countCodePoints(text, execution) : text.length
}

/** Slow, and needed only where a character takes two UTF-16 units. */
const countCodePoints = (text: string, execution: Execution): number => {
  chargeText(execution, 4 * text.length)
  let total = 0
  for (const _ of text) total++
  return total
}

const surrogate = /[\ud800-\udbff]/

const dateTime = (value: Value, execution: Execution): Value => {
  if (value instanceof DateTime) return value
  if (typeof value !== 'string') return null
  chargeText(execution, 4 * value.length)
  return parseDateTime(value)
}

/** `score` handles a `boost` that adds to a score; any other comes here and is refused. */
const boost: GroqFunction = special(
  'condition, number',
  'Inside `score()`: the condition, worth more by the number',
  () => {
    throw queryError('boost() works only in score(), alone or joined to others by && or ||')
  },
)

export const globalFunctions: Namespace = {
  boost,
  coalesce,
  count,
  dateTime: unary('text', 'The datetime of an RFC 3339 string; null for any other value', dateTime),
  defined: unary('value', 'Whether the value is not null', (value) => value !== null),
  identity: nullary(
    'The id of the user who runs the query',
    (execution) => execution.identity,
    'identity',
  ),
  length: unary('value', 'The characters of a string, or the elements of an array', length),
  lower,
  now: nullary(
    'The time of the query as a string, in RFC 3339',
    (execution) => new Date(execution.timestamp).toISOString(),
    'time',
  ),
  path: unary(
    'pattern',
    'A pattern of ids, for `in`: `*` is one part, `**` any number',
    (text, execution) => {
      if (typeof text !== 'string') return null
      chargeText(execution, 4 * text.length)
      return new Path(text)
    },
  ),
  references,
  round,
  string: unary('scalar', 'The text of a number, boolean, datetime or string', scalarText),
  upper,
}

export const dateTimeFunctions: Namespace = {
  now: nullary(
    'The time of the query as a datetime',
    (execution) => dateTimeFrom(execution.timestamp),
    'time',
  ),
}
