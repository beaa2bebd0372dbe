/** Conditions on references: `references()`, and attributes behind a reference. */
import type {ExprNode} from 'groq-js'

import type {Scope} from '../../execution/execution.ts'
import {referencedIds} from '../../functions/hasReference.ts'
import {ungroup} from '../../parse/ast.ts'
import type {Access} from '../../source/source.ts'
import {ownAttribute} from './ownPath.ts'
import {canBeStored, nothing} from './term.ts'
import type {Recogniser, Recognition, Term} from './term.ts'

/** `references(…)` with arguments that do not depend on the document: `^._id`, a subquery. */
export const recogniseReferences: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'FuncCall' || node.name !== 'references') return undefined
  const args = node.args.map(comparand)
  const known = args.filter((argument) => argument !== undefined)
  if (known.length < args.length) return undefined
  const idsIn = (scope: Scope) => {
    const values = known.map((evaluate) => evaluate(scope))
    return [...referencedIds(values, scope.execution)].filter(canBeStored)
  }
  return {
    selectivity: 'value',
    isExact: (paths) => paths.referencesAreExact,
    accesses: (scope, type) => referring(idsIn(scope), type),
    counter: {
      what: 'references',
      count: (paths, scope, type) => {
        const ids = idsIn(scope)
        return ids.length === 0 ? 0 : paths.countReferring(ids, type)
      },
    },
  }
}

/** Joins through more documents than this cost more than they save. */
const mostTargets = 1000

/**
 * `author->slug.current == value`: the documents with the value are looked up, then those that
 * refer to them.
 */
export const recogniseThroughReference: Recogniser = (condition, recognition) => {
  const node = ungroup(condition)
  if (node.type !== 'OpCall' || node.op !== '==') return undefined
  return through(node.left, node.right, recognition) ?? through(node.right, node.left, recognition)
}

const through = (own: ExprNode, other: ExprNode, {comparand}: Recognition): Term | undefined => {
  const path = pathBehindReference(own)
  const value = path === undefined ? undefined : comparand(other)
  if (path === undefined || !value) return undefined
  return {
    selectivity: 'value',
    accesses: (scope, type) => {
      const wanted = value(scope)
      if (wanted === null) return undefined
      if (typeof wanted === 'object' || !canBeStored(wanted)) return nothing
      if (path === '_id') return referring(typeof wanted === 'string' ? [wanted] : [], type)
      const {access} = scope.execution.source
      const targets = access?.read({by: 'value', path, values: [wanted]})
      if (!targets) return undefined
      const ids: string[] = []
      for (const {_id} of targets) if (ids.push(_id) > mostTargets) return undefined
      return referring(ids, type)
    },
  }
}

const referring = (to: readonly string[], type: string | undefined): readonly Access[] =>
  to.length === 0 ? nothing : [{by: 'reference', to, ...(type !== undefined && {type})}]

/** The path read from the document that an attribute of `@` refers to. */
const pathBehindReference = (expression: ExprNode): string | undefined => {
  const node = ungroup(expression)
  if (node.type !== 'AccessAttribute' || !node.base || /[.[\]]/.test(node.name)) return undefined
  const base = ungroup(node.base)
  if (base.type === 'Deref') return ownAttribute(base.base) === undefined ? undefined : node.name
  const before = pathBehindReference(base)
  return before === undefined ? undefined : `${before}.${node.name}`
}
