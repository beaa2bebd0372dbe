/** Scopes of traced expressions, and reading traced objects and arrays. */
import {attributeReader, isArray, isObject} from '../core/value.ts'
import type {Compiler} from '../execution/compiler.ts'
import type {Scope} from '../execution/execution.ts'
import type {Origins} from './origins.ts'
import {type Traced, nothing, within} from './traced.ts'

/** What an expression sees while it is traced: as `Scope`, with the origins of what it sees. */
export interface TraceScope {
  /** The same scope for what is only evaluated. */
  readonly plain: Scope
  readonly self: Traced
  readonly parent: TraceScope | undefined
  readonly origins: Origins
}

/** An expression as a function of its scope. */
export type Trace = (scope: TraceScope) => Traced

/** The scope of an element of an array, or of a projected object; see `Compiler.nest`. */
export const nestTraced = (compiler: Compiler, scope: TraceScope, self: Traced): TraceScope => ({
  plain: compiler.nest(scope.plain, self.value),
  self,
  parent: compiler.inHidden ? scope.parent : scope,
  origins: scope.origins,
})

/** Reads an attribute as `attributeReader` does. */
export const attributeTracer = (name: string): ((object: Traced, origins: Origins) => Traced) => {
  const read = attributeReader(name)
  return (object, origins) => {
    const value = read(object.value)
    switch (object.from) {
      case 'document':
        return {from: 'document', value, location: within(object.location, name)}
      case 'attributes':
        return object.attributes.get(name) ?? nothing
      case 'query':
        return {from: 'query', value}
      case 'elements':
      case 'unknown':
        return origins.of(value)
    }
  }
}

/** The elements of an array; undefined when it is none. */
export const elementsOf = (array: Traced, origins: Origins): readonly Traced[] | undefined => {
  const {value} = array
  if (!isArray(value)) return undefined
  origins.spend(2 * value.length)
  switch (array.from) {
    case 'document':
      return value.map((element, index) => ({
        from: 'document',
        value: element,
        location: within(array.location, index),
      }))
    case 'elements':
      return array.elements
    case 'query':
      return value.map((element) => ({from: 'query', value: element}))
    case 'attributes':
    case 'unknown':
      return value.map((element) => origins.of(element))
  }
}

/** The attributes of an object; none when it is no object. */
export const attributesOf = (
  object: Traced,
  origins: Origins,
): Iterable<readonly [string, Traced]> => {
  if (object.from === 'attributes') return object.attributes
  const {value} = object
  if (!isObject(value)) return []
  const names = Object.keys(value)
  origins.spend(4 * names.length)
  return names.map((name) => [name, attributeTracer(name)(object, origins)] as const)
}
