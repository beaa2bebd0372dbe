/** The public function `explain`: what a query read, how, and what its answer depends on. */
import {dependenciesOf} from '../analysis/dependencies.ts'
import type {JsonObject} from '../core/document.ts'
import {prepareQuery} from '../query/query.ts'
import {type EvaluateOptions, execute, type ParsedQuery} from './evaluate.ts'

/** What a query read, how it found it, and what could change its answer. */
export interface Explanation {
  /** The rest in words, one sentence a line. */
  readonly text: string
  /** How documents were found, in the order of first use. */
  readonly reads: readonly DocumentRead[]
  /** Documents read by all of these together, with repetitions. */
  readonly documents: number
  /** Ids that references led to, whether or not such a document exists. */
  readonly references: readonly string[]
  readonly dependsOn: QueryDependencies
}

export interface DocumentRead {
  /** `everything` for a scan, else what narrowed it: `type article`, `value of slug.current`. */
  readonly access: string
  /** How often the query read this way. */
  readonly times: number
  /** Documents read this way, all times together. */
  readonly documents: number
}

/** What may change the answer, beside the parameters and the documents behind `references`. */
export interface QueryDependencies {
  /** Any document may change the answer: `types` and `ids` are empty then. */
  readonly everything: boolean
  /** Documents of these types. */
  readonly types: readonly string[]
  /** Documents with these ids. */
  readonly ids: readonly string[]
  /** The answer changes with time: the query calls `now()`. */
  readonly time: boolean
  /** The answer depends on the user: the query calls `identity()`. */
  readonly identity: boolean
}

/**
 * Evaluates a query and says what it read, how, and what its answer depends on. A source without
 * indexes, such as documents in memory, is always scanned; see `DocumentSource` for others.
 *
 * @example
 * explain('*[_type == "article"]{"by": author->name}', {documents}).text
 * // Reads 3 documents: everything, once.
 * // Follows references to 1 id: jane.
 * // The answer depends on documents of the type article and on the references.
 *
 * @throws As `evaluate` does.
 */
export const explain = (
  query: string | ParsedQuery,
  options: EvaluateOptions = {},
): Explanation => {
  const {report} = execute(query, options)
  const reads = report.reads().map(({access, times, candidates}) => ({
    access,
    times,
    documents: candidates,
  }))
  const references = report.dereferenced()
  const dependsOn = dependencies(query, options)
  const {documents} = report
  const text = sentences(reads, documents, references, dependsOn).join('\n')
  return {text, reads, documents, references, dependsOn}
}

const dependencies = (
  query: string | ParsedQuery,
  {params = {}, before, after}: EvaluateOptions,
): QueryDependencies => {
  const given: JsonObject = JSON.parse(JSON.stringify(params))
  const isDelta = before !== undefined || after !== undefined
  const {query: text, mode} =
    typeof query === 'string' ? ({query, mode: isDelta ? 'delta' : 'normal'} as const) : query
  const found = dependenciesOf(prepareQuery(text, given, {mode}), given)
  const {everything, types, ids, time, identity} = found
  return {everything, types, ids, time, identity}
}

const sentences = (
  reads: readonly DocumentRead[],
  documents: number,
  references: readonly string[],
  dependsOn: QueryDependencies,
): readonly string[] => {
  const ways = reads.map(
    ({access, times}) => `${access}, ${times === 1 ? 'once' : `${times} times`}`,
  )
  const read =
    reads.length === 0
      ? 'Reads no documents.'
      : `Reads ${counted(documents, 'document')}: ${ways.join('; ')}.`
  const followed =
    references.length === 0
      ? []
      : [`Follows references to ${counted(references.length, 'id')}: ${listed(references)}.`]
  return [read, ...followed, dependency(dependsOn, references.length > 0)]
}

const dependency = (
  {everything, types, ids, time, identity}: QueryDependencies,
  followsReferences: boolean,
): string => {
  const causes = [
    ...(everything ? ['all documents'] : []),
    ...(types.length > 0 ? [`documents of the ${plural(types, 'type')} ${listed(types)}`] : []),
    ...(ids.length > 0 ? [`documents with the ${plural(ids, 'id')} ${listed(ids)}`] : []),
    ...(followsReferences && !everything ? ['the references'] : []),
    ...(time ? ['the time'] : []),
    ...(identity ? ['the user'] : []),
  ]
  return causes.length === 0
    ? 'The answer depends on nothing but the parameters.'
    : `The answer depends on ${causes.join(' and on ')}.`
}

const MAX_LISTED = 10

const listed = (names: readonly string[]): string =>
  names.length > MAX_LISTED
    ? `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`
    : names.join(', ')

const plural = ({length}: readonly string[], noun: string): string =>
  length === 1 ? noun : `${noun}s`

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
