import {expect, test} from 'vitest'

import {phpText, phpValue} from './phpValue.ts'

test('the facts about a picture are read', () => {
  const value = phpValue(
    'a:2:{s:5:"width";i:640;s:10:"image_meta";a:2:{s:6:"credit";s:11:"Ådne Lie/NB";s:7:"caption";s:0:"";}}',
  )
  expect(phpText(value, ['image_meta', 'credit'])).toBe(undefined)
})

test('lengths are counted in bytes', () => {
  const value = phpValue('a:1:{s:6:"credit";s:9:"Ådne Lie";}')
  expect(phpText(value, ['credit'])).toBe('Ådne Lie')
  expect(phpText(value, ['credit', 'more'])).toBe(undefined)
})

test.each<[string, unknown]>([
  ['N;', null],
  ['b:1;', true],
  ['i:-5;', -5],
  ['d:0.5;', 0.5],
  ['s:3:"a"b";', 'a"b'],
  ['s:4:"a";b";', 'a";b'],
  ['s:2:"a"b";', undefined],
])('%s', (text, value) => {
  expect(phpValue(text)).toEqual(value)
})

test.each([
  'O:8:"stdClass":1:{s:1:"a";i:1;}',
  'C:3:"Foo":3:{abc}',
  'a:1:{i:0;O:4:"Evil":0:{}}',
  'R:1;',
  's:99:"short";',
  'a:99999999:{i:0;i:1;}',
  'a:1:{i:0;'.repeat(100_000),
  'i:1;i:2;',
  'plain text',
  '',
])('unreadable, and nothing is made of it: %#', (text) => {
  expect(phpValue(text)).toBeUndefined()
})

test('a key that is a member of every object is only a key', () => {
  const value = phpValue('a:1:{s:9:"__proto__";a:1:{s:1:"x";s:1:"y";}}')
  expect(phpText(value, ['__proto__', 'x'])).toBe('y')
  expect(phpText(value, ['constructor'])).toBeUndefined()
})
