/** The type of a GROQ function, and helpers to define one. */
import type {ExprNode} from 'groq-js'

import type {Value} from '../core/value.ts'
import type {Compiled, Compiler} from '../execution/compiler.ts'
import type {Execution} from '../execution/execution.ts'

/** One GROQ function: what the compiler needs of it, and what the documentation says of it. */
export interface GroqFunction {
  /** Its arguments as documentation shows them: `value, precision?`. */
  readonly parameters: string
  readonly summary: string
  /** How many arguments it takes. */
  readonly arity: {readonly min: number; readonly max: number}
  /** It reads `@` without having it as an argument. */
  readonly readsThis: boolean
  /** Why it cannot be answered here; queries that call it are refused with this text. */
  readonly refused?: string
  /** Its answer depends on more than the documents and the parameters. */
  readonly varies?: 'time' | 'identity'
  /** One call may take seconds, and no limit interrupts it: it must not block other queries. */
  readonly mayStall?: true
  compile(args: readonly ExprNode[], compiler: Compiler): Compiled
}

export type Namespace = Readonly<Record<string, GroqFunction>>

/** The number of arguments follows from the parameters: `a, b?, ...rest`. */
const arityOf = (parameters: string) => {
  const names = parameters === '' ? [] : parameters.split(', ')
  const rest = names.some((name) => name.startsWith('...'))
  const required = names.filter((name) => !name.endsWith('?') && !name.startsWith('...'))
  return {min: required.length, max: rest ? Infinity : names.length}
}

/** A function with a compiler of its own: one that does not simply evaluate its arguments. */
export const special = (
  parameters: string,
  summary: string,
  compile: GroqFunction['compile'],
  traits: Partial<Pick<GroqFunction, 'readsThis' | 'varies' | 'arity'>> = {},
): GroqFunction => ({
  parameters,
  summary,
  compile,
  arity: arityOf(parameters),
  readsThis: false,
  ...traits,
})

const missing = () => null

/** A function of one value. */
export const unary = (
  parameters: string,
  summary: string,
  apply: (value: Value, execution: Execution) => Value,
): GroqFunction =>
  special(parameters, summary, ([argument], compiler) => {
    const evaluate = argument ? compiler.evaluate(argument) : missing
    return {evaluate: (scope) => apply(evaluate(scope), scope.execution)}
  })

/** A function of two values; the second may be left out where the parameters say so. */
export const binary = (
  parameters: string,
  summary: string,
  apply: (first: Value, second: Value, execution: Execution) => Value,
): GroqFunction =>
  special(parameters, summary, ([first, second], compiler) => {
    const left = first ? compiler.evaluate(first) : missing
    const right = second ? compiler.evaluate(second) : missing
    return {evaluate: (scope) => apply(left(scope), right(scope), scope.execution)}
  })

/** A function without arguments. */
export const nullary = (
  summary: string,
  answer: (execution: Execution) => Value,
  varies?: GroqFunction['varies'],
): GroqFunction =>
  special(
    '',
    summary,
    () => ({evaluate: (scope) => answer(scope.execution)}),
    varies ? {varies} : {},
  )

/** A function of `@` and one value. */
export const ofThis = (
  parameters: string,
  summary: string,
  apply: (self: Value, value: Value, execution: Execution) => Value,
): GroqFunction =>
  special(
    parameters,
    summary,
    ([argument], compiler) => {
      const evaluate = argument ? compiler.evaluate(argument) : missing
      return {evaluate: (scope) => apply(scope.value, evaluate(scope), scope.execution)}
    },
    {readsThis: true},
  )

/** A function that exists in GROQ but cannot be answered here: refused by name. */
export const refused = (parameters: string, summary: string, reason: string): GroqFunction => ({
  ...special(parameters, summary, () => ({evaluate: missing})),
  refused: reason,
})
