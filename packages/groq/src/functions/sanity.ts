/** Functions of the namespaces `sanity::` and `releases::`. */
import {publishedId, releaseName, releaseOf, variantName} from '../core/documentIds.ts'
import {isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {charge} from '../execution/execution.ts'
import type {Execution} from '../execution/execution.ts'
import {nullary, ofThis, special} from './groqFunction.ts'
import type {GroqFunction, Namespace} from './groqFunction.ts'

/** The id under which a document is stored: perspectives show versions under the published id. */
const storedId = (document: Value): string | null => {
  if (!isObject(document)) return null
  const id = document['_originalId'] ?? document['_id']
  return typeof id === 'string' ? id : null
}

const versionOf = (self: Value, id: Value): Value => {
  const stored = storedId(self)
  if (typeof id !== 'string' || stored === null) return null
  return stored === id || publishedId(stored) === id
}

/**
 * Takes the release's name. The id of the release's document names no release, as on hosted Sanity:
 * the Studio's list of releases listens with such ids, and fails as soon as it gets an event
 * (`core/releases/store/createReleaseMetadataAggregator.ts` in its source). The ids of a variant's
 * documents do not name their release; `_system.release` does.
 */
const partOfRelease = (self: Value, name: Value): Value => {
  const stored = storedId(self)
  if (typeof name !== 'string' || stored === null) return null
  const own = releaseOf(stored)
  return own === name || (own !== undefined && releaseIn(self) === name)
}

const releaseIn = (document: Value): string | undefined => {
  const system = isObject(document) ? (document['_system'] ?? null) : null
  const reference = isObject(system) ? (system['release'] ?? null) : null
  const id = isObject(reference) ? reference['_ref'] : null
  return typeof id === 'string' ? releaseName(id) : undefined
}

/** Takes the variant's name, or the id of its document; `_system.variants` holds the latter. */
const partOfVariant = (self: Value, variant: Value, execution: Execution): Value => {
  if (typeof variant !== 'string' || storedId(self) === null) return null
  const system = isObject(self) ? (self['_system'] ?? null) : null
  if (!isObject(system)) return false
  const {variants = null, variant: only = null} = system
  return (isArray(variants) ? variants : [only]).some((reference) => {
    charge(execution, 2)
    const id = isObject(reference) ? reference['_ref'] : null
    return typeof id === 'string' && variantName(id) === variantName(variant)
  })
}

const documentsOf = special(
  'release',
  'The ids of the versions in the release',
  ([argument], compiler) => {
    const release = argument ? compiler.evaluate(argument) : () => null
    const everything = compiler.each({type: 'Everything'})
    return {
      evaluate: (scope) => {
        const name = release(scope)
        if (typeof name !== 'string') return null
        const ids: string[] = []
        everything(scope, (document) => {
          const id = storedId(document)
          if (id !== null && partOfRelease(document, name) === true) ids.push(id)
          return true
        })
        return ids
      },
    }
  },
)

export const sanityFunctions: Namespace = {
  projectId: nullary('The id of the project', (execution) => execution.projectId),
  dataset: nullary('The name of the dataset', (execution) => execution.dataset),
  versionOf: ofThis(
    'publishedId',
    'Whether `@` is the published document with the id, its draft, or one of its versions',
    versionOf,
  ),
  partOfRelease: ofThis('release', 'Whether `@` is a version in the release', partOfRelease),
  partOfVariant: ofThis('variant', 'Whether `@` belongs to the variant', partOfVariant),
  documentsOf,
}

/** `releases::all()`: the documents that describe releases. */
const allReleases: GroqFunction = special(
  '',
  'The documents that describe releases',
  (_, compiler) =>
    compiler.compile({
      type: 'Filter',
      base: {type: 'Everything'},
      expr: {
        type: 'OpCall',
        op: '==',
        left: {type: 'AccessAttribute', name: '_type'},
        right: {type: 'Value', value: 'system.release'},
      },
    }),
)

export const releasesFunctions: Namespace = {all: allReleases}
