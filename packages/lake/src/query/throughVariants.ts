/**
 * Which variants of documents a query shows: the parameters `variant`, with the name of a definition, and
 * `variantCondition`, with a condition that the reader meets, as `name:value`. Source: `@sanity/client`
 * and the Studio, which send them.
 */
import {isJsonObject, type StoredDocument} from '../core/document.ts'
import {badRequest} from '../core/errors.ts'
import type {Perspective} from '../core/perspective.ts'
import {isVariantName, VARIANT_TYPE, variantDocumentId, variantScope} from '../core/variants.ts'
import type {DatasetStore} from '../store/datasetStore.ts'
import {documentsOfTypes} from '../store/documentsOfTypes.ts'

export interface RequestedVariants {
  readonly name?: string
  /** Each as `name:value`. */
  readonly conditions: readonly string[]
}

/** @throws LakeError 400 for a name or a condition that cannot be one. */
export const requestedVariants = (
  name: string | null,
  conditions: readonly string[],
): RequestedVariants => {
  const malformed = conditions.find((condition) => !/^[^:]+:./.test(condition))
  if (malformed !== undefined) {
    throw badRequest(`Parameter "variantCondition" must be name:value, not "${malformed}".`)
  }
  if (name === null || name === '') return {conditions}
  if (!isVariantName(name)) {
    throw badRequest(`Parameter "variant" must be the name of a variant, not "${name}".`)
  }
  return {name, conditions}
}

/**
 * The perspective with the documents of variants above all others. Each variant has the layers of the
 * perspective, and the published one below them. `raw` shows every document anyway.
 */
export const throughVariants = (
  store: Pick<DatasetStore, 'source'>,
  perspective: Perspective,
  {name, conditions}: RequestedVariants,
): Perspective => {
  if (perspective === 'raw' || (name === undefined && conditions.length === 0)) return perspective
  const {layers} = perspective
  const variants = name === undefined ? variantsMeeting(store, conditions) : [name]
  const scopes = variants.flatMap((variant) =>
    [...layers, undefined].map((bundle) => variantScope(variant, bundle)),
  )
  return {layers: [...scopes, ...layers]}
}

/**
 * The names of the variants all of whose conditions are met: those with the most conditions first, and
 * of these the one with the highest priority, as the Studio explains it.
 */
const variantsMeeting = (
  store: Pick<DatasetStore, 'source'>,
  conditions: readonly string[],
): readonly string[] => {
  const met = new Set(conditions)
  return documentsOfTypes(store, [VARIANT_TYPE])
    .filter(({_id, name}) => _id === variantDocumentId(String(name)))
    .map((definition) => ({definition, needed: conditionsOf(definition)}))
    .filter(({needed}) => needed.length > 0 && needed.every((condition) => met.has(condition)))
    .toSorted(
      (a, b) =>
        b.needed.length - a.needed.length ||
        priorityOf(b.definition) - priorityOf(a.definition) ||
        (a.definition._id < b.definition._id ? -1 : 1),
    )
    .map(({definition}) => String(definition.name))
}

const conditionsOf = ({conditions}: StoredDocument): readonly string[] =>
  isJsonObject(conditions)
    ? Object.entries(conditions).map(([name, value]) => `${name}:${String(value)}`)
    : []

const priorityOf = ({priority}: StoredDocument): number =>
  typeof priority === 'number' ? priority : 0
