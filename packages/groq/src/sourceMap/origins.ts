/** Remembers which documents were read, to find where objects and arrays come from. */
import type {StoredDocument} from '../core/document.ts'
import {isArray, isObject} from '../core/value.ts'
import type {Value, ValueObject} from '../core/value.ts'
import {accessThrough} from '../source/accessThrough.ts'
import type {DocumentSource} from '../source/source.ts'
import {type FieldLocation, type Traced, ofElements, within} from './traced.ts'

/**
 * Where objects and arrays come from. Documents are shared and never changed, so an object in the
 * answer that the query did not make is the very object that was read. Numbers and strings have no
 * such identity: those are followed on their way through the query (see trace.ts).
 */
export interface Origins {
  /** Counts work; see budget.ts. */
  readonly spend: (units: number) => void
  /** The source, which remembers what is read from it. */
  readonly source: DocumentSource
  /** The origin of a value that may be computed or from a document. */
  of(value: Value): Traced
}

export const createOrigins = (source: DocumentSource, spend: (units: number) => void): Origins => {
  const byId = new Map<string, StoredDocument>()
  const locations = new Map<object, FieldLocation>()
  let unopened: StoredDocument[] = []

  /** Remembers each document once: a subquery may read the dataset many times. */
  const note = (document: StoredDocument): StoredDocument => {
    const known = byId.get(document._id)
    if (known) return known
    locations.set(document, {document, path: []})
    byId.set(document._id, document)
    unopened.push(document)
    return document
  }

  const locationOf = (value: object): FieldLocation | undefined => {
    const known = locations.get(value)
    if (known || unopened.length === 0) return known
    for (const document of unopened) locateInside(document, {document, path: []}, locations, spend)
    unopened = []
    return locations.get(value)
  }

  const of = (value: Value): Traced => {
    spend(2)
    if (typeof value !== 'object' || value === null) return {from: 'unknown', value}
    const location = locationOf(value)
    if (location) return {from: 'document', value, location}
    if (isArray(value)) {
      const elements = value.map(of)
      const isKnown = elements.some(({from}) => from !== 'unknown')
      return isKnown ? ofElements(elements) : {from: 'unknown', value}
    }
    const document = isObject(value) ? copied(value) : undefined
    return isObject(value) && document ? ofCopy(value, document) : {from: 'unknown', value}
  }

  /** The document that an object has all attributes of, such as one with a score added. */
  const copied = (value: ValueObject): StoredDocument | undefined => {
    const document = typeof value['_id'] === 'string' ? byId.get(value['_id']) : undefined
    if (!document) return undefined
    const names = Object.keys(document)
    spend(names.length)
    const isCopy = names.every((name) => value[name] === document[name])
    return isCopy ? document : undefined
  }

  const ofCopy = (value: ValueObject, document: StoredDocument): Traced => ({
    from: 'attributes',
    value,
    attributes: new Map(
      Object.entries(value).map(([name, inner]): [string, Traced] => [
        name,
        Object.hasOwn(document, name)
          ? {from: 'document', value: inner, location: {document, path: [name]}}
          : of(inner),
      ]),
    ),
  })

  return {source: noticing(source, note), of, spend}
}

const locateInside = (
  value: Value,
  location: FieldLocation,
  locations: Map<object, FieldLocation>,
  spend: (units: number) => void,
): void => {
  spend(1)
  if (typeof value !== 'object' || value === null) return
  spend(4 + location.path.length)
  if (location.path.length > 0) locations.set(value, location)
  if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      locateInside(element, within(location, index), locations, spend)
    }
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      locateInside(inner, within(location, name), locations, spend)
    }
  }
}

/** The source, with every document shown to `note` on its way. */
const noticing = (
  source: DocumentSource,
  note: (document: StoredDocument) => StoredDocument,
): DocumentSource => {
  function* noted(documents: Iterable<StoredDocument>): Generator<StoredDocument> {
    for (const document of documents) yield note(document)
  }
  const {access} = source
  return {
    scan: () => noted(source.scan()),
    get(id) {
      const document = source.get(id)
      return document && note(document)
    },
    ...(access && {access: accessThrough(access, noted)}),
  }
}
