import {expect, it} from 'vitest'

import {parseQuery} from '../parse/parse.ts'
import {orderThroughProjection} from './orderThroughProjection.ts'

const rewritten = (query: string) => orderThroughProjection(parseQuery(query))

it.each([
  ['*{"o": [a]} | order(o[0] desc)', '* | order(a desc) {"o": [a]}'],
  ['*{"o": [b, a.c]} | order(o[1])[0...5]', '* | order(a.c){"o": [b, a.c]}[0...5]'],
  ['*{a} | order(a)', '* | order(a) {a}'],
  ['*{...} | order(a, b desc)', '* | order(a, b desc) {...}'],
  ['*{"x": {"y": a}} | order(x.y)', '* | order(a) {"x": {"y": a}}'],
  ['*{..., "a": b} | order(a)', '* | order(b) {..., "a": b}'],
])('%s', (query, equivalent) => {
  expect(rewritten(query)).toEqual(parseQuery(equivalent))
})

it.each([
  '*{"a": b + 1} | order(a)',
  '*{"a": b, ...} | order(a)',
  '*{"c": b, ...} | order(a)',
  '*{"a": b, c => {"a": 1}} | order(a)',
  '*{"a": author->name} | order(a)',
  '*{"o": [...list]} | order(o[0])',
  '*{b} | order(a)',
  '*.a | order(b)',
])('leaves %s as it is', (query) => {
  expect(rewritten(query)).toEqual(parseQuery(query))
})
