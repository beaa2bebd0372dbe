/**
 * A paragraph as a Portable Text block: its text unchanged, split into spans where an annotation
 * begins or ends.
 */
import type {Annotation, Block} from '../model/seedDocument.ts'
import type {TextRange} from './findQuotations.ts'
import {lineKey} from './lineKey.ts'

export interface Mark extends TextRange {
  readonly annotation: Annotation
}

/** Marks may overlap; a span has all marks that cover it, in order. */
export function paragraphBlock(line: number, text: string, marks: readonly Mark[]): Block {
  const edges = new Set([0, text.length, ...marks.flatMap(({start, end}) => [start, end])])
  const cuts = [...edges].toSorted((a, b) => a - b)
  const starting = Map.groupBy(marks, ({start}) => start)
  let open: readonly Mark[] = []
  return {
    _type: 'block',
    _key: lineKey(line),
    style: 'normal',
    markDefs: marks.map(({annotation}) => annotation),
    children: cuts.slice(0, -1).map((start, index) => {
      open = [...open.filter(({end}) => end > start), ...(starting.get(start) ?? [])]
      return {
        _type: 'span',
        _key: lineKey(line, index + 1),
        text: text.slice(start, cuts[index + 1]),
        marks: open.map(({annotation}) => annotation._key),
      }
    }),
  }
}
