import {describe, expect, test} from 'vitest'

import {speechAround} from './speechAround.ts'

describe('before the words', () => {
  test.each([
    ['Directly tweeting the Kremlin’s official account, Musk wrote, ', 'Musk', 'name'],
    ['’ In a follow-up tweet – in Russian, no less – he added, ', 'he', 'pronoun'],
    ['Elon Musk later told reporters in Berlin: ', 'Elon Musk', 'name'],
    ['But Mayor O’Neill-Smith said ', 'But Mayor O’Neill-Smith', 'name'],
    ['The tired clerk replied, ', 'The tired clerk', 'description'],
    ['A clerk said, ', 'A clerk', 'name'],
  ])('%s', (before, subject, sort) => {
    expect(speechAround(before, 'Words.', '')).toMatchObject({subject, sort})
  })

  test('only the last sentence counts', () => {
    expect(speechAround('Musk said no. It is called ', 'a dream', '')).toBeUndefined()
    expect(speechAround('Putin left. Musk said, ', 'Bye.', '')?.sentence).toBe('Musk said, ')
  })

  test('a name that is no subject does not speak', () => {
    expect(speechAround('It was said of Musk that ', 'he sleeps', ' there')).toBeUndefined()
  })
})

describe('after the words', () => {
  test.each([
    [' the tech whiz wrote.', 'the tech whiz', 'description'],
    [' Musk also said on Monday.', 'Musk', 'name'],
    [' said Elon Musk, who left.', 'Elon Musk', 'name'],
    [' she added.', 'she', 'pronoun'],
  ])('%s', (after, subject, sort) => {
    expect(speechAround('', 'Words,', after)).toMatchObject({subject, sort})
  })

  test('not when the words end a sentence: what follows is the next', () => {
    expect(speechAround('', 'Words.', ' Musk said nothing.')).toBeUndefined()
  })

  test('not when what follows leads into the next quotation', () => {
    expect(speechAround('', 'Why?', ' Putin replied, ‘Because.’')).toBeUndefined()
    expect(speechAround('', 'Why?', ' Putin asked. ‘Because.’')?.subject).toBe('Putin')
  })
})

test('words that nobody says', () => {
  expect(speechAround('a so-called ', 'land grab', ' by the firm')).toBeUndefined()
})
