/**
 * Finds everything that a document refers to: every `_ref` at any depth, strong or weak, into this
 * dataset or another. Integrity checks and the reference index use it.
 */
import {type Json, type JsonObject, type StoredDocument, isJsonObject} from '../../core/document.ts'

/** The references of one document. */
export interface References {
  /** From each referenced id to whether a strong reference (see `isStrong`) points to it. */
  readonly targets: ReadonlyMap<string, boolean>
  /**
   * Whether GROQ's `references()` ignores one of the targets: it does not look inside an object
   * that has a `_ref` itself, and ignores an empty `_ref`.
   */
  readonly irregular: boolean
  /** Strong references into other datasets. */
  readonly elsewhere: readonly ElsewhereReference[]
}

export interface ElsewhereReference {
  readonly id: string
  readonly dataset: string
  /** Undefined for the same project. */
  readonly projectId: string | undefined
}

/**
 * The target of a strong reference must exist. Strong is a `_ref` without `_weak: true` into the
 * same dataset (`_dataset` marks a cross-dataset reference, `_type: 'globalDocumentReference'` a
 * global one).
 */
const isStrong = (reference: JsonObject): boolean =>
  reference._weak !== true &&
  reference._dataset === undefined &&
  reference._type !== 'globalDocumentReference'

const NOWHERE: readonly ElsewhereReference[] = []

export const referencesOf = (document: StoredDocument): References => {
  const targets = new Map<string, boolean>()
  let elsewhere: readonly ElsewhereReference[] = NOWHERE
  let irregular = false
  const visit = (value: Json, insideReference: boolean): void => {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object') visit(item, insideReference)
      return
    }
    if (!isJsonObject(value)) return
    const target = value._ref
    if (typeof target === 'string') {
      targets.set(target, targets.get(target) === true || isStrong(value))
      if (insideReference || target === '') irregular = true
      const {_dataset: dataset, _projectId: projectId} = value
      if (typeof dataset === 'string' && value._weak !== true) {
        const project = typeof projectId === 'string' ? projectId : undefined
        elsewhere = [...elsewhere, {id: target, dataset, projectId: project}]
      }
    }
    const inside = insideReference || Boolean(target)
    for (const key in value) {
      const item = value[key]
      if (typeof item === 'object') visit(item, inside)
    }
  }
  visit(document, false)
  return {targets, irregular, elsewhere}
}
