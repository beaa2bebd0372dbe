/** Conditions on ids: patterns, beginnings, versions and releases. */
import {releaseDocumentId, variantDocumentId, variantName} from '../../core/documentIds.ts'
import {ungroup} from '../../parse/ast.ts'
import type {Access, IdRange} from '../../source/source.ts'
import type {Path} from '../../values/path.ts'
import {nothing, type Recogniser} from './term.ts'

/** The ids that begin as the pattern does, up to its first wildcard. */
export const idRangeOfPath = ({pattern}: Path): IdRange => {
  const parts = pattern.split('.')
  const wildcard = parts.findIndex((part) => part === '*' || part === '**')
  if (wildcard < 0) return {from: pattern, to: `${pattern}\0`}
  return beginningWith(
    parts
      .slice(0, wildcard)
      .map((part) => `${part}.`)
      .join(''),
  )
}

const beginningWith = (prefix: string): IdRange => {
  if (prefix === '') return {}
  const last = prefix.length - 1
  return {
    from: prefix,
    to: prefix.slice(0, last) + String.fromCharCode(prefix.charCodeAt(last) + 1),
  }
}

/** `string::startsWith(_id, prefix)`. */
export const recogniseStartsWith: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'FuncCall' || node.name !== 'startsWith') return undefined
  const [own, prefix] = node.args.map(ungroup)
  if (own?.type !== 'AccessAttribute' || own.base || own.name !== '_id' || !prefix) return undefined
  const value = comparand(prefix)
  return (
    value && {
      selectivity: 'range',
      accesses: (scope) => {
        const text = value(scope)
        if (typeof text !== 'string') return nothing
        // Ids are ASCII; no other prefix begins any.
        return /^[!-~]*$/.test(text) ? [{by: 'idRange', range: beginningWith(text)}] : undefined
      },
    }
  )
}

/** `sanity::versionOf(id)`, `sanity::partOfRelease(name)`, `sanity::partOfVariant(name)`. */
export const recogniseVersions: Recogniser = (condition, {comparand}) => {
  const node = ungroup(condition)
  if (node.type !== 'FuncCall' || node.namespace !== 'sanity') return undefined
  const [argument] = node.args
  const value = argument && comparand(argument)
  const accessesFor = versionFunctions.get(node.name)
  if (!value || !accessesFor) return undefined
  return {
    selectivity: 'versions',
    accesses: (scope) => {
      const text = value(scope)
      return typeof text === 'string' ? accessesFor(text) : nothing
    },
  }
}

type AccessesFor = (text: string) => readonly Access[]

/** A document of a variant refers to the variant, and in a release also to the release. */
const versionFunctions: ReadonlyMap<string, AccessesFor> = new Map<string, AccessesFor>([
  ['versionOf', (id) => [{by: 'versions', publishedId: id}]],
  [
    'partOfRelease',
    (release) => [
      {by: 'release', release},
      {by: 'reference', to: [releaseDocumentId(release)]},
    ],
  ],
  [
    'partOfVariant',
    (text) => {
      const name = variantName(text)
      return [{by: 'reference', to: [name, variantDocumentId(name)]}]
    },
  ],
])
