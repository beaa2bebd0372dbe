import {expect, test} from 'vitest'

import {Scalar} from '../core/value.ts'
import {attributeReader} from '../core/value.ts'
import {Geography} from '../geometry/geography.ts'
import {TextQuery} from '../text/textQuery.ts'
import {dateTimeFrom} from './dateTime.ts'
import {Path} from './path.ts'

const SCALARS = [
  dateTimeFrom(0),
  new Path('a.**'),
  new Geography({type: 'Point', coordinates: [0, 0]}),
  new TextQuery('a "b c" -d'),
]

/** The names of all properties, inherited ones too. */
const namesIn = (value: object): string[] => {
  const prototype: unknown = Object.getPrototypeOf(value)
  const own = Object.getOwnPropertyNames(value)
  return typeof prototype === 'object' && prototype !== null ? [...own, ...namesIn(prototype)] : own
}

test('a query cannot read the properties of a value that JSON lacks', () => {
  for (const value of SCALARS) {
    if (!(value instanceof Scalar)) throw new Error('no scalar')
    expect(namesIn(value)).toContain('toJSON')
    for (const name of namesIn(value)) {
      expect([name, attributeReader(name)(value)]).toEqual([name, null])
    }
  }
})
