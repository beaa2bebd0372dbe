/**
 * What hosted Sanity refuses in a document, as far as a public source says so; the source is beside
 * each rule. What no source settles is accepted, and listed in packages/lake/README.md.
 */
import type {Json, JsonObject} from '../../core/document.ts'

/** sanity-io/gradient#406: spaces, dots, brackets and other signs are not allowed, anywhere in a name. */
const ATTRIBUTE_NAME = /^[\w-]+$/

/** @returns What is wrong with the name of an attribute; undefined if nothing is. */
export const faultOfName = (name: string): string | undefined =>
  ATTRIBUTE_NAME.test(name)
    ? undefined
    : `"${name}" cannot name an attribute: use letters without accents, digits, "_" and "-"`

/** `ALLOWED_REF_PROPS` in sanity, packages/sanity/src/core/templates/validateTemplates.ts. */
const REFERENCE_KEYS: ReadonlySet<string> = new Set([
  '_dataset',
  '_key',
  '_projectId',
  '_ref',
  '_strengthenOnPublish',
  '_type',
  '_weak',
])

/**
 * An object with a `_ref` is a reference.
 * @param name The attribute that holds it, for the message.
 * @returns What is wrong with it; undefined if nothing is, or if it is no reference.
 */
export const faultOfReference = (object: JsonObject, name: string): string | undefined => {
  const target: Json | undefined = object._ref
  if (target === undefined) return undefined
  // sanity-io/gradient#401
  if (typeof target !== 'string') {
    return `Not a valid reference: Value of "_ref" must be a string, in "${name}"`
  }
  // sanity-io/gradient#387, sanity-io/sanity#12243
  for (const key in object) {
    if (!REFERENCE_KEYS.has(key)) {
      return `Not a valid reference: Key "${key}" not allowed in ref; move it out of "${name}", beside the reference`
    }
  }
  return undefined
}
