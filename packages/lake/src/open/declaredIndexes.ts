/**
 * Indexes that a project declares, because its queries need them: the option `indexes` of
 * `createLake`, and the file of `lake start --indexes`.
 */
import {FixableError} from '../core/errors.ts'
import type {IndexDefinition} from '../store/indexes/values/valueIndexes.ts'

/** An index over the values at one path. */
export interface DeclaredIndex {
  /** Documents of this type; left out, of all types. Such an index only finds equal values. */
  readonly type?: string
  /** `publishedAt`, `slug.current`, `tags[]`, `authors[].role`. */
  readonly path: string
  /**
   * For lists of what refers to a document, in the order of the path:
   * `*[_type == "article" && references($id)] | order(publishedAt desc)`.
   */
  readonly byReference?: boolean
}

/** Every index makes every write a little slower, and some are for queries that nobody declares. */
const MOST_DECLARED = 40

const PATH = /^[^.[\]]+(?:\[\])?(?:\.[^.[\]]+(?:\[\])?)*$/

/**
 * The definitions of declared indexes.
 * @param where Names the list in errors.
 * @throws FixableError that says which entry is wrong.
 */
export const definitionsOf = (declared: unknown, where: string): readonly IndexDefinition[] => {
  if (!Array.isArray(declared)) throw new FixableError(`${where} must be a list of indexes.`)
  if (declared.length > MOST_DECLARED) {
    throw new FixableError(
      `${where} has ${declared.length} indexes; at most ${MOST_DECLARED} are allowed. ` +
        'Leave out those of the rarest queries: they are built when one misses them.',
    )
  }
  return declared.map((entry, position) => definitionOf(entry, `${where}, entry ${position + 1}`))
}

const definitionOf = (entry: unknown, where: string): IndexDefinition => {
  const {
    type = '',
    path,
    byReference = false,
    ...others
  }: Record<string, unknown> = {
    ...Object(entry),
  }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new FixableError(`${where}: "${unknown}" is none of type, path and byReference.`)
  }
  if (typeof type !== 'string') throw new FixableError(`${where}: type must be text.`)
  if (typeof path !== 'string' || !PATH.test(path)) {
    throw new FixableError(`${where}: path must be like "slug.current" or "tags[]".`)
  }
  if (typeof byReference !== 'boolean') {
    throw new FixableError(`${where}: byReference must be true or false.`)
  }
  if (byReference && (type === '' || path.includes('[]'))) {
    throw new FixableError(`${where}: with byReference, type is needed, and path has no "[]".`)
  }
  return {type, path, byReference}
}
