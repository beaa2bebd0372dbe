/** The type of a traced value: a value and where it comes from. */
import type {StoredDocument} from '../core/document.ts'
import type {Value, ValueObject} from '../core/value.ts'
import type {KeyPath} from '../functions/keyPaths.ts'

/** A value of a query, and where it comes from. */
export type Traced =
  /** It stands like this in a document. */
  | {readonly from: 'document'; readonly value: Value; readonly location: FieldLocation}
  /** The query has put it together of attributes. */
  | {
      readonly from: 'attributes'
      readonly value: ValueObject
      readonly attributes: ReadonlyMap<string, Traced>
    }
  /** The query has put it together of elements. */
  | {
      readonly from: 'elements'
      readonly value: readonly Value[]
      readonly elements: readonly Traced[]
    }
  /** It stands in the query itself, or was given as a parameter. */
  | {readonly from: 'query'; readonly value: Value}
  /** It was computed, from one value or from several. */
  | {readonly from: 'unknown'; readonly value: Value}

/** Where a value stands: an empty path is the document itself. */
export interface FieldLocation {
  readonly document: StoredDocument
  readonly path: KeyPath
}

export const nothing: Traced = {from: 'query', value: null}

export const ofElements = (elements: readonly Traced[]): Traced => ({
  from: 'elements',
  value: elements.map(({value}) => value),
  elements,
})

export const within = ({document, path}: FieldLocation, key: string | number): FieldLocation => ({
  document,
  path: [...path, key],
})
