/**
 * Room sourceMap: which field of which document each part of an answer comes from. This file: the
 * format, and writing it.
 */
import type {StoredDocument} from '../core/document.ts'
import {attributeReader, isArray, isObject} from '../core/value.ts'
import type {Value} from '../core/value.ts'
import {type Budget, spend} from '../execution/budget.ts'
import {type PathStep, jsonPathOf, writeStep} from './jsonPath.ts'
import {type FieldLocation, type Traced, within} from './traced.ts'

/**
 * Which field of which document each part of an answer comes from, in the form of the Content
 * Source Maps specification (github.com/sanity-io/content-source-maps). A mapping counts for all
 * that is inside the value it is given for.
 */
export interface ContentSourceMap {
  readonly documents: readonly {readonly _id: string; readonly _type: string}[]
  /** Of values inside their documents. */
  readonly paths: readonly string[]
  /** By the path inside the answer. */
  readonly mappings: Readonly<Record<string, SourceMapping>>
}

export interface SourceMapping {
  readonly type: 'value'
  readonly source:
    | {readonly type: 'documentValue'; readonly document: number; readonly path: number}
    | {readonly type: 'literal'}
    | {readonly type: 'unknown'}
}

/** How steps into arrays are written: by index, or by `_key` where elements have one. */
export type ArraySteps = 'paths' | 'keyedPaths'

/** What a mapping takes as JSON, beside the place that it is for. */
const BYTES_OF_MAPPING = 75

/** A map that says of nothing where it is from. */
export const unknownSourceMap: ContentSourceMap = {
  documents: [],
  paths: [],
  mappings: {$: {type: 'value', source: {type: 'unknown'}}},
}

/** @param budget Charged with the writing, and with that of the map as JSON; see budget.ts. */
export const writeSourceMap = (
  answer: Traced,
  arraySteps: ArraySteps,
  budget?: Budget,
): ContentSourceMap => {
  let bytes = 0
  const documents = new Map<string, {index: number; _type: string}>()
  const paths = new Map<string, number>()
  const mappings: Record<string, SourceMapping> = {}

  const numberOf = ({_id, _type, _originalId}: StoredDocument): number => {
    // Drafts are shown under the id of what they stand for; the map names the draft itself.
    const id = typeof _originalId === 'string' ? _originalId : _id
    const known = documents.get(id) ?? {index: documents.size, _type}
    documents.set(id, known)
    return known.index
  }

  const pathNumberOf = (location: FieldLocation): number => {
    const path = jsonPathOf(arraySteps === 'paths' ? location.path : keyedSteps(location))
    const known = paths.get(path) ?? paths.size
    paths.set(path, known)
    return known
  }

  const map = (at: string, source: SourceMapping['source']): void => {
    bytes += at.length + BYTES_OF_MAPPING
    mappings[at] = {type: 'value', source}
  }

  const write = (traced: Traced, at: string): void => {
    const {value} = traced
    if (budget) spend(budget, 4)
    if (value === null) return
    switch (traced.from) {
      case 'document': {
        const {location} = traced
        if (location.path.length === 0) writeDocument(location, value, at)
        else if (location.path[0] === '_originalId') map(at, {type: 'unknown'})
        else {
          const [document, path] = [numberOf(location.document), pathNumberOf(location)]
          map(at, {type: 'documentValue', document, path})
        }
        return
      }
      case 'attributes':
        for (const [name, inner] of traced.attributes) write(inner, at + writeStep(name))
        return
      case 'elements':
        for (const [index, inner] of traced.elements.entries()) write(inner, at + writeStep(index))
        return
      case 'query':
        map(at, {type: 'literal'})
        return
      case 'unknown':
        map(at, {type: 'unknown'})
    }
  }

  /** Attribute by attribute. One of them, `_originalId`, the perspective has added: see `write`. */
  const writeDocument = (location: FieldLocation, value: Value, at: string): void => {
    if (!isObject(value)) return
    for (const [name, inner] of Object.entries(value)) {
      write(
        {from: 'document', value: inner, location: within(location, name)},
        at + writeStep(name),
      )
    }
  }

  write(answer, '$')
  if (budget) spend(budget, bytes >> 3)
  return {
    documents: Array.from(documents, ([_id, {_type}]) => ({_id, _type})),
    paths: [...paths.keys()],
    mappings,
  }
}

const keyedSteps = ({document, path}: FieldLocation): readonly PathStep[] => {
  let current: Value = document
  return path.map((step) => {
    const outer: Value = current
    if (typeof step === 'string') {
      current = attributeReader(step)(outer)
      return step
    }
    current = isArray(outer) ? (outer[step] ?? null) : null
    const key = isObject(current) ? current['_key'] : undefined
    return typeof key === 'string' && key !== '' ? {key} : step
  })
}
