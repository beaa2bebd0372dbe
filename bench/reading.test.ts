import {expect, it} from 'vitest'

import {table} from './figure.ts'
import {readingsOf} from './reading.ts'

it('reads what the bench prints', () => {
  const printed = table([
    {
      name: 'by slug, 10,000 articles',
      value: 7.25,
      unit: 'µs',
      target: {atMost: 10},
      note: 'key: 1',
    },
    {name: 'by slug, 10,000 against 1,000 articles', value: 1.25, unit: '×', target: {atMost: 1.5}},
    {name: 'whole', value: 12_345, unit: 'µs', note: '_type == "a": 3; b: 4'},
    {
      name: 'import',
      value: 0.456,
      unit: '×',
      target: {atLeast: 0.5},
      note: '2,511 documents/s; 0.41 × by processor time',
    },
  ])
  expect(readingsOf(`import\n${printed}\n\n`)).toEqual([
    {name: 'by slug, 10,000 articles', value: 7.25, isMoreBetter: false},
    {name: 'by slug, 10,000 against 1,000 articles', value: 1.25, isMoreBetter: false},
    {name: 'whole', value: 12_345, isMoreBetter: false},
    {name: 'import', value: 0.456, isMoreBetter: true},
    {name: 'import, by processor time', value: 0.41, isMoreBetter: true},
  ])
})
