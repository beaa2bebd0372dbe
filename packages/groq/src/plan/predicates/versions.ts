import {releaseName} from '../../core/documentIds.ts'
import {ungroup} from '../../parse/ast.ts'
import {nothing} from './term.ts'
import type {Recogniser} from './term.ts'

/** `sanity::versionOf(id)`, `sanity::partOfRelease(name)`. */
export const recogniseVersions: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'FuncCall' || node.namespace !== 'sanity') return undefined
  const [argument] = node.args
  const value = argument && comparand(argument)
  if (!value || (node.name !== 'versionOf' && node.name !== 'partOfRelease')) return undefined
  const {name} = node
  return {
    selectivity: 'versions',
    accesses: (scope) => {
      const text = value(scope)
      if (typeof text !== 'string') return nothing
      return name === 'versionOf'
        ? [{by: 'versions', publishedId: text}]
        : [{by: 'release', release: releaseName(text) ?? text}]
    },
  }
}
