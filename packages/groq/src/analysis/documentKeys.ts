/** The short attributes of a document, such as its slug, by which queries pick single documents. */
import {isJsonObject, type Json, type StoredDocument} from '../core/document.ts'

/**
 * The attributes by which queries pick single documents: `slug.current`, `author._ref`, `featured`.
 * A query that compares such a path with constants depends on documents that have, or had, one of
 * these values there, and on no others. Query and document must agree on what is such a path and
 * such a value, so both rules are here.
 */
export interface DocumentKey {
  readonly path: string
  readonly value: KeyScalar
}

export type KeyScalar = string | number | boolean

const MAX_DEPTH = 3
const MAX_TEXT_LENGTH = 256
/** A document with more keys and references than this is not indexed by them. */
const MAX_KEYS = 250

/** @param path As `plan/ownPath.ts` writes it. */
export const isKeyPath = (path: string): boolean => {
  const steps = path.split('.')
  return steps.length <= MAX_DEPTH && steps.every((step, depth) => isKeyStep(step, depth))
}

export const isKeyScalar = (value: unknown): value is KeyScalar =>
  typeof value === 'string'
    ? value.length <= MAX_TEXT_LENGTH
    : typeof value === 'number' || typeof value === 'boolean'

/** System attributes are none: `_originalId` is not stored, and `_type` says little inside. */
const isKeyStep = (step: string, depth: number): boolean =>
  step.startsWith('_') ? step === '_ref' && depth > 0 : step !== '' && !/[.[\]]/.test(step)

export interface DocumentKeys {
  readonly keys: readonly DocumentKey[]
  /** Every `_ref` in it, at any depth. */
  readonly references: ReadonlySet<string>
}

/** Undefined when there are too many of them. */
export const keysOf = (document: StoredDocument): DocumentKeys | undefined => {
  const keys: DocumentKey[] = []
  const references = new Set<string>()
  const isFull = (): boolean => keys.length + references.size > MAX_KEYS

  const visit = (value: Json, path: string | undefined, depth: number): void => {
    if (isFull()) return
    if (Array.isArray(value)) {
      for (const element of value) visit(element, undefined, depth)
    } else if (isJsonObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name === '_ref' && typeof inner === 'string') references.add(inner)
        const isKey = path !== undefined && depth < MAX_DEPTH && isKeyStep(name, depth)
        visit(inner, isKey ? (path === '' ? name : `${path}.${name}`) : undefined, depth + 1)
      }
    } else if (path !== undefined && isKeyScalar(value)) keys.push({path, value})
  }

  visit(document, '', 0)
  return isFull() ? undefined : {keys, references}
}
