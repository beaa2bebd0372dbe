/**
 * Variants: other content for a document, for readers that meet conditions. A definition is a document
 * `_.variants.<name>`. A document of a variant is a version `versions.<scope>.<id>`, one for each bundle:
 * the published one, the draft, and one in each release. `_system` says which variant and bundle it
 * belongs to. Source: the types of `@sanity/client` and `@sanity/types`, and the source of the Studio
 * (`core/variants`).
 */
import {createHash} from 'node:crypto'

import {variantDocumentId, variantName} from '@copydesk/groq/engine'

import {isJsonObject, type Json, type JsonObject, type StoredDocument} from './document.ts'
import {bundleOf, publishedId, releaseOf, versionId} from './ids.ts'

export {variantDocumentId} from '@copydesk/groq/engine'

const VARIANT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/

export const VARIANT_TYPE = 'system.variant'

/** One segment of an id; the Studio uses eight characters. */
export const isVariantName = (name: string): boolean => VARIANT_NAME.test(name)

/** `drafts`, the name of a release, or undefined for the published document of a variant. */
export type VariantBundle = string | undefined

/**
 * The second segment of the ids of a variant's documents in one bundle. Clients must not compute it;
 * it only has to differ from the names of releases, and to stay the same. All documents of the variant in
 * the bundle share it, as on hosted Sanity (`core/store/events/variants-events.review.md` in the source of
 * the Studio).
 */
export const variantScope = (variant: string, bundle: VariantBundle): string =>
  createHash('sha256')
    .update(`${variant} ${bundle ?? ''}`)
    .digest('hex')
    .slice(0, 16)

/** The id of a variant's new document. @param group The id of the published document. */
export const variantVersionId = (variant: string, bundle: VariantBundle, group: string): string =>
  versionId(variantScope(variant, bundle), group)

/** Which variant and bundle a document belongs to. */
export interface VariantPlace {
  /** The name of the definition. */
  readonly variant: string
  readonly bundle: VariantBundle
}

/** Reads `_system`; undefined for documents that belong to no variant. */
export const placeIn = (system: Json | undefined): VariantPlace | undefined => {
  const id = referenceIn(system)?._ref
  if (typeof id !== 'string' || id !== variantDocumentId(variantName(id))) return undefined
  const bundle = isJsonObject(system) ? system.bundleId : undefined
  return {variant: variantName(id), bundle: typeof bundle === 'string' ? bundle : undefined}
}

/** The reference to the definition; documents had a single one before they had a list. */
const referenceIn = (system: Json | undefined): JsonObject | undefined => {
  if (!isJsonObject(system)) return undefined
  const {variants, variant: former} = system
  const reference = Array.isArray(variants) ? variants[0] : former
  return isJsonObject(reference) ? reference : undefined
}

export const placeOf = ({_id, _system}: StoredDocument): VariantPlace | undefined =>
  releaseOf(_id) === undefined ? undefined : placeIn(_system)

/** The release that holds a version, whether of a document itself or of a variant. */
export const releaseHolding = (document: StoredDocument): string | undefined => {
  const place = placeOf(document)
  if (!place) return releaseOf(document._id)
  return place.bundle === 'drafts' ? undefined : place.bundle
}

/** The second segments of the ids of all versions in a release. */
export const scopesOfRelease = (
  release: string,
  idsWithPrefix: (prefix: string) => readonly string[],
): readonly string[] => [
  release,
  ...idsWithPrefix(variantDocumentId('')).map((id) => variantScope(variantName(id), release)),
]

/**
 * The `_system` of a document of a variant, but for its release and `delete`.
 * @param sent Keeps the key of the reference to the definition, and whether it is weak: an import makes
 *   references weak until all documents are there.
 */
export const systemOfVariant = (id: string, {variant, bundle}: VariantPlace, sent?: Json) => {
  const group = publishedId(id)
  const {_key: key, _weak: weak} = referenceIn(sent) ?? {}
  const definition = {
    _key: typeof key === 'string' ? key : variantScope(variant, undefined),
    _ref: variantDocumentId(variant),
    ...(weak === true && {_weak: true}),
  }
  return {
    ...(bundle !== undefined && {bundleId: bundle}),
    group: {_ref: group, _weak: true},
    scopeId: bundleOf(id) ?? '',
    variants: [definition],
    // Where the Studio creates the draft of a published variant.
    ...(bundle === undefined && {
      draft: {_ref: variantVersionId(variant, 'drafts', group), _weak: true},
    }),
  }
}
