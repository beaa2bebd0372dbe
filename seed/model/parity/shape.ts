/**
 * What a schema says of a value, in a form that two schema languages can be compared in: the
 * fields, which of them may be missing, the allowed words, and where references may lead. What
 * only one of them can say (lengths, patterns) is left out.
 */
export type Shape =
  | {readonly kind: 'string' | 'number' | 'boolean' | 'unknown'}
  | {readonly kind: 'words'; readonly words: readonly string[]}
  | {readonly kind: 'array'; readonly of: Shape}
  | {readonly kind: 'union'; readonly of: readonly Shape[]}
  | ObjectShape

export interface ObjectShape {
  readonly kind: 'object'
  readonly fields: Readonly<Record<string, Shape>>
  readonly optional: readonly string[]
  /** The types a reference may lead to. */
  readonly leadsTo?: readonly string[]
}

/** An object in one spelling: fields and lists sorted. */
export function objectShape(
  fields: Readonly<Record<string, Shape>>,
  optional: readonly string[],
  leadsTo?: readonly string[],
): ObjectShape {
  const sorted = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    kind: 'object',
    fields: Object.fromEntries(sorted),
    optional: optional.toSorted(),
    ...(leadsTo && {leadsTo: leadsTo.toSorted()}),
  }
}

/** A union in one spelling: words and references are gathered, members sorted. */
export function unionShape(members: readonly Shape[]): Shape {
  const [only] = members
  if (only && members.length === 1) return only
  if (members.every((one) => one.kind === 'words')) {
    return {kind: 'words', words: members.flatMap(({words}) => words).toSorted()}
  }
  const references = members.flatMap((one) => (one.kind === 'object' && one.leadsTo ? [one] : []))
  const [reference] = references
  if (reference && references.length === members.length) {
    return {...reference, leadsTo: references.flatMap((one) => one.leadsTo ?? []).toSorted()}
  }
  return {kind: 'union', of: members.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))}
}

function text(shape: Shape): string {
  return JSON.stringify(shape)
}
