import type {JsonObject} from '../document.ts'
import {type Connection, numberOf, textOf} from './connection.ts'
import {type KeyPath, parseKeyPath} from './keyValues.ts'

/**
 * A shape is what an index is over: one path in the documents of one type (or of any type, for
 * equality only), either for all of them or for those that refer to a given document.
 */
export interface Shape {
  readonly number: number
  /** Empty for any type. */
  readonly type: string
  readonly path: string
  readonly byReference: boolean
  readonly keyPath: KeyPath
  /** Whether every document is in the index; until then it is written but not read. */
  readonly ready: boolean
}

export interface ShapeName {
  readonly type: string
  readonly path: string
  readonly byReference: boolean
}

/** The shapes of one dataset, as the file has them at the last `load`. */
export interface Shapes {
  load(): void
  find(name: ShapeName): Shape | undefined
  /** Shapes that hold documents of the type. */
  ofType(type: string): readonly Shape[]
  all(): readonly Shape[]
}

const shapeKey = ({type, path, byReference}: ShapeName): string =>
  `${byReference ? 'r' : 'k'}\n${type}\n${path}`

export const createShapes = (connection: Connection): Shapes => {
  let shapes = new Map<string, Shape>()
  let byType = new Map<string, readonly Shape[]>()
  return {
    load() {
      const rows = connection.all('SELECT number, type, path, by_reference, ready FROM shape')
      shapes = new Map()
      byType = new Map()
      for (const row of rows) {
        const path = textOf(row[2])
        const shape: Shape = {
          number: numberOf(row[0]),
          type: textOf(row[1]),
          path,
          byReference: numberOf(row[3]) === 1,
          keyPath: parseKeyPath(path),
          ready: numberOf(row[4]) === 1,
        }
        shapes.set(shapeKey(shape), shape)
      }
    },
    find: (name) => shapes.get(shapeKey(name)),
    ofType(type) {
      let list = byType.get(type)
      if (!list) {
        list = [...shapes.values()].filter((shape) => shape.type === '' || shape.type === type)
        byType.set(type, list)
      }
      return list
    },
    all: () => [...shapes.values()],
  }
}

/** What an index of any type leaves out: see `keysOf`. */
export const isIndexed = (document: JsonObject, {type}: Shape): boolean =>
  type === '' || type === document._type
