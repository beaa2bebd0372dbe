/**
 * Variants: other content for a document, for readers that meet conditions. A definition is a document
 * `_.variants.<name>`. Source: the types of `@sanity/client`, and the source of the Studio
 * (`core/variants`).
 */

const DEFINITIONS = '_.variants.'
const VARIANT_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]*$/

export const VARIANT_TYPE = 'system.variant'

/** @param name Such as `Ab12cd34`; one segment of an id. */
export const variantDocumentId = (name: string): string => DEFINITIONS + name

export const isVariantName = (name: string): boolean => VARIANT_NAME.test(name)
