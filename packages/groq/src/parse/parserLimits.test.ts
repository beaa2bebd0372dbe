import {describe, expect, it} from 'vitest'

import {parseQuery} from './parse.ts'
import {isQuicklyParsed} from './parserLimits.ts'

const list = (part: string, separator: string) => (count: number) =>
  Array.from({length: count}, () => part).join(separator)

/** What makes the parser slow, one kind each, by how often it stands there. */
const shapes: Readonly<Record<string, (count: number) => string>> = {
  'a list of numbers': (count) => `[${list('1', ',')(count)}]`,
  'a list of strings': (count) => `[${list('"a"', ',')(count)}]`,
  'a list of objects': (count) => `[${list('{"a":1}', ',')(count)}]`,
  'a list of lists': (count) => `[${list('[1,1,1]', ',')(count)}]`,
  arguments: (count) => `coalesce(${list('a', ',')(count)})`,
  attributes: (count) => `*{${list('a', ',')(count)}}`,
  'conditional attributes': (count) => `*{${list('a=>{b}', ',')(count)}}`,
  alternatives: (count) => `select(${list('a=>b', ',')(count)})`,
  'sort keys': (count) => `*|order(${list('a desc', ',')(count)})`,
  sums: list('1', '+'),
  quotients: list('1', '/'),
  'words between': list('a', ' match '),
  or: list('a', '||'),
  'steps of a path': list('a', '.'),
  elements: (count) => `a${list('[0]', '')(count)}`,
  filters: (count) => `*${list('[a]', '')(count)}`,
  projections: (count) => `*${list('{a}', '')(count)}`,
  pipes: (count) => `*${list('|order(a)', '')(count)}`,
  signs: (count) => `${'!'.repeat(count)}a`,
}

describe('before a query is parsed it is known', () => {
  it.each(Object.entries(shapes))('that %s can be too many for the serving thread', (_, make) => {
    expect(isQuicklyParsed(make(50))).toBe(true)
    expect(isQuicklyParsed(make(20_000))).toBe(false)
  })

  it.each(Object.entries(shapes))('that %s can be too many for any thread', (_, make) => {
    expect(() => parseQuery(make(60_000))).toThrow('Too many operators or elements')
  })

  it('that it is not refused for what people write', () => {
    const ids = Array.from({length: 1000}, () => `"${'x'.repeat(36)}"`).join(', ')
    expect(isQuicklyParsed(`*[_id in [${ids}]]{_id, "author": author->{name}}`)).toBe(true)
    expect(isQuicklyParsed(`"${'x, '.repeat(100_000)}"`)).toBe(true)
    expect(isQuicklyParsed(`*[] // ${'x, '.repeat(100_000)}`)).toBe(true)
  })

  it('that it is nested too deeply, which is said at once', () => {
    const brackets = [
      ['(', ')'],
      ['[', ']'],
      ['{"a":', '}'],
      ['*[a in ', ']'],
      ['lower(', ')'],
    ]
    for (const [open = '', close = ''] of brackets) {
      const deep = `${open.repeat(1000)}1${close.repeat(1000)}`
      expect(isQuicklyParsed(deep)).toBe(true)
      expect(() => parseQuery(deep)).toThrow('nested deeper than 250')
    }
  })
})
