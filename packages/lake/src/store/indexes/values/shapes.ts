import {type Connection, numberOf, textOf} from '../../file/connection.ts'
import {type KeyPath, parseKeyPath} from './keyValues.ts'

/** What an index is over. */
export interface ShapeName {
  /** Documents of this type; empty for any type, for equality with a scalar only. */
  readonly type: string
  /** As `packages/groq/src/source/source.ts` writes paths. */
  readonly path: string
  /** Whether it is kept apart for each document that the indexed ones refer to. */
  readonly byReference: boolean
}

export interface Shape extends ShapeName {
  readonly number: number
  readonly keyPath: KeyPath
  /** Whether every document is in it; until then it is written but not read. */
  readonly isReady: boolean
}

/** The indexes of one dataset that are written to, as the file has them. */
export interface Shapes {
  /** They are read again when they are asked for: they have changed, or a transaction failed. */
  forget(): void
  find(name: ShapeName): Shape | undefined
  all(): readonly Shape[]
  /** Those that documents of the type belong into. */
  ofType(type: string): readonly Shape[]
}

export const shapeKey = ({type, path, byReference}: ShapeName): string =>
  `${byReference ? 'r' : 'k'}\n${type}\n${path}`

export const createShapes = (connection: Connection): Shapes => {
  let shapes: Shape[] = []
  /** By path, then by type; by reference apart: looked up for every condition of every query. */
  let plain = new Map<string, Map<string, Shape>>()
  let byReference = new Map<string, Map<string, Shape>>()
  let byType = new Map<string, readonly Shape[]>()
  let isKnown = false

  const load = (): void => {
    const rows = connection.all(
      "SELECT number, type, path, by_reference, state FROM shape WHERE state <> 'dropping'",
    )
    shapes = []
    plain = new Map()
    byReference = new Map()
    byType = new Map()
    for (const row of rows) {
      const path = textOf(row[2])
      const shape: Shape = {
        number: numberOf(row[0]),
        type: textOf(row[1]),
        path,
        byReference: row[3] === 1,
        keyPath: parseKeyPath(path),
        isReady: row[4] === 'ready',
      }
      shapes.push(shape)
      const paths = shape.byReference ? byReference : plain
      const types = paths.get(path) ?? new Map<string, Shape>()
      paths.set(path, types.set(shape.type, shape))
    }
    isKnown = true
  }

  return {
    forget: () => void (isKnown = false),
    all() {
      if (!isKnown) load()
      return shapes
    },
    find(name) {
      if (!isKnown) load()
      return (name.byReference ? byReference : plain).get(name.path)?.get(name.type)
    },
    ofType(type) {
      if (!isKnown) load()
      let list = byType.get(type)
      if (!list) {
        list = shapes.filter((shape) => shape.type === '' || shape.type === type)
        byType.set(type, list)
      }
      return list
    },
  }
}
