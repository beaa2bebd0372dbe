import {describe, expect, it} from 'vitest'

import {randomFrom} from '../spec/fuzz/random.ts'
import {documentsFrom} from '../spec/testDocuments.ts'
import {documentTokens, fold, foldText, tokenize, tokenizePattern} from './tokens.ts'

describe('words', () => {
  it.each([
    ['Hello, world!', ['hello', 'world']],
    ['3.14 and 1.', ['314', 'and', '1']],
    ["we're Musk’s", ["we're", 'musk’s']],
    ['‘Would you’ “join me…”', ['would', 'you', 'join', 'me']],
    ["'Teslanaires' — they – said", ['teslanaires', 'they', 'said']],
    ['snake_case a-b c/d', ['snake_case', 'a', 'b', 'c', 'd']],
    ['É é E', ['é', 'é', 'e']],
    ['', []],
    ["' ’", []],
    [`a${"'".repeat(100_000)}b${"'".repeat(100_000)}`, [`a${"'".repeat(100_000)}b`]],
  ])('%.20s', (text, words) => {
    expect(tokenize(text)).toEqual(words)
  })

  it('lose the dots beside a letter, in any text', () => {
    const random = randomFrom(3)
    const letters = ['a', 'B', '.', '.', ' ', 'é', '_', '9', '-', '’'] as const
    for (let times = 0; times < 20_000; times++) {
      const text = random.list(0, 9, () => random.pick(letters)).join('')
      expect(foldText(text)).toBe(text.replace(/\b\.+|\.+\b/g, '').toLowerCase())
    }
  })

  it('keep wildcards in patterns alone', () => {
    expect(tokenizePattern('Mus* *sk* a*b')).toEqual(['mus*', '*sk*', 'a*b'])
    expect(tokenize('mus*')).toEqual(['mus'])
  })
})

describe('folding', () => {
  it('is the same for all spellings that differ in case', () => {
    expect(fold('ΟΔΟΣ')).toBe(fold('οδος'))
    expect(fold('οδοσ')).toBe(fold('οδος'))
    expect(fold('ÅNGSTRÖM')).toBe('ångström')
  })

  it('keeps beginnings: a prefix of a word folds to a prefix of its fold', () => {
    for (const word of ['ΟΔΟΣΑ', 'İstanbul', 'Straße', 'Ünïcödé', 'ǅungla']) {
      for (let length = 1; length <= word.length; length++) {
        expect(fold(word).startsWith(fold(word.slice(0, length)))).toBe(true)
      }
    }
  })
})

it('collects what match and text::query can find in a document', () => {
  const [document] = documentsFrom([
    {
      _id: 'drafts.story',
      _type: 'article',
      title: 'One two',
      tags: ['three', {deep: 'four', _hidden: 'five'}],
      body: [
        {
          _type: 'block',
          children: [
            {_type: 'span', text: 'Mu'},
            {_type: 'span', text: 'sk'},
          ],
        },
      ],
    },
  ])
  const tokens = document && documentTokens(document)
  expect([...(tokens ?? [])].filter((token) => !token.includes('\0')).toSorted()).toEqual([
    'draftsstory',
    'four',
    'mu',
    'musk',
    'one',
    'sk',
    'story',
    'three',
    'two',
  ])
})
