import {expect, test} from 'vitest'

import {Refusal} from './refusal.ts'
import {readSourceText, STORY_BYTES_MAX, writeSourceText} from './sourceText.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const texts = (text: string): string[] =>
  readSourceText('a.txt', bytes(text)).lines.map((l) => l.text)

test('lines are numbered from 1 and keep their spaces', () => {
  expect(readSourceText('a.txt', bytes(' a \n\n\u00a0b')).lines).toEqual([
    {number: 1, text: ' a '},
    {number: 2, text: ''},
    {number: 3, text: '\u00a0b'},
  ])
})

test('a final line end gives an empty last line, so that it can be written again', () => {
  expect(texts('a\n')).toEqual(['a', ''])
  expect(texts('a')).toEqual(['a'])
})

test('Windows line ends are removed only if all lines have them', () => {
  expect(texts('a\r\nb\r\n')).toEqual(['a', 'b', ''])
  expect(texts('a\r\nb\n')).toEqual(['a\r', 'b', ''])
})

test.each(['a', 'a\n', 'a\r\nb', 'a\r\nb\n', '\uFEFFa\n\n', '\uFEFF\uFEFFa', 'a\rb\n', ' \n a \n'])(
  'reading and writing %j gives the same bytes',
  (text) => {
    expect(writeSourceText(readSourceText('a.txt', bytes(text)))).toEqual(bytes(text))
  },
)

test.each([
  ['an empty file', bytes(''), 'a.txt: expected a story, found an empty file'],
  ['spaces only', bytes(' \n\u00a0\r\n\t'), 'a.txt: expected a story, found an empty file'],
  ['a byte order mark only', bytes('\uFEFF'), 'a.txt: expected a story, found an empty file'],
  [
    'UTF-16',
    Uint8Array.of(0xff, 0xfe, 0x61, 0),
    'a.txt: expected text in UTF-8, found bytes that are not UTF-8',
  ],
  ['a NUL', bytes('a\nb\0'), 'a.txt:2: expected text, found a NUL character: the file is binary'],
  [
    'too much',
    new Uint8Array(STORY_BYTES_MAX + 1).fill(0x61),
    'a.txt: expected a story of at most 1000000 bytes, found 1000001 bytes',
  ],
  [
    'too many lines',
    bytes('a\n'.repeat(10_000)),
    'a.txt:10000: expected the last line a story may have, found more lines',
  ],
])('%s is refused', (_, content, message) => {
  const read = (): unknown => readSourceText('a.txt', content)
  expect(read).toThrow(Refusal)
  expect(read).toThrow(message)
})
