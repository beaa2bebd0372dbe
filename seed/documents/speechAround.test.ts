import {describe, expect, test} from 'vitest'

import {type Speech, speechAround} from './speechAround.ts'

const around = (before: string, words: string, after = '', startsAfresh = true) =>
  speechAround({before, words, after, startsAfresh})

describe('before the words', () => {
  test.each<[string, string, Speech['sort']]>([
    ['Directly tweeting the Kremlin’s official account, Musk wrote, ', 'Musk', 'name'],
    ['’ In a follow-up tweet – in Russian, no less – he added, ', 'he', 'pronoun'],
    ['Elon Musk later told reporters in Berlin: ', 'Elon Musk', 'name'],
    ['But Mayor O’Neill-Smith said ', 'But Mayor O’Neill-Smith', 'name'],
    ['The tired clerk replied, ', 'The tired clerk', 'description'],
    ['A clerk said, ', 'A clerk', 'name'],
  ])('%s', (before, subject, sort) => {
    expect(around(before, 'Words.')).toMatchObject({subject, sort})
  })

  test('only the last sentence counts', () => {
    expect(around('Musk said no. It is called ', 'a dream')).toBeUndefined()
    expect(around('Putin left. Musk said, ', 'Bye.')?.sentence).toBe('Musk said, ')
  })

  test('a name that is not the subject is not the speaker', () => {
    expect(around('It was said of Musk that ', 'he sleeps', ' there')).toBeUndefined()
  })
})

describe('after the words', () => {
  test.each<[string, string, Speech['sort']]>([
    [' the tech whiz wrote.', 'the tech whiz', 'description'],
    [' Musk also said on Monday.', 'Musk', 'name'],
    [' said Elon Musk, who left.', 'Elon Musk', 'name'],
    [' she added.', 'she', 'pronoun'],
  ])('%s', (after, subject, sort) => {
    expect(around('', 'Words,', after)).toMatchObject({subject, sort})
  })

  test('not when the quotation ends its sentence', () => {
    expect(around('', 'Words.', ' Musk said nothing.')).toBeUndefined()
  })

  test('not when what follows leads into the next quotation', () => {
    expect(around('', 'Why?', ' Putin replied, ‘Because.’')).toBeUndefined()
    expect(around('', 'Why?', ' Putin asked. ‘Because.’')?.subject).toBe('Putin')
  })
})

test('quoted words that are not speech', () => {
  expect(around('a so-called ', 'land grab', ' by the firm')).toBeUndefined()
})

describe('a whole sentence is nothing but name, verb and quotation', () => {
  test.each([
    ['Elon Musk said: ', 'Words.', ''],
    ['Elon Musk said, ', 'Words.', ' She left.'],
    ['It rained that night. Elon Musk said: ', 'Words.', ''],
    ['Why? Elon Musk said: ', 'Words', '.'],
    ['', 'Words,', ' said Elon Musk.'],
    ['', 'Words!', ' Elon Musk said.'],
    ['It rained that night. ', 'Words,', ' said Elon Musk. It stopped.'],
  ])('%s‘%s’%s', (before, words, after) => {
    expect(around(before, words, after)).toMatchObject({subject: 'Elon Musk', whole: true})
  })

  test.each([
    ['Critics of Elon Musk said: ', 'Words.', ''],
    ['Critics of Mr. Elon Musk said: ', 'Words.', ''],
    ['Critics of Gov. Elon Musk said: ', 'Words.', ''],
    ['Elon Musk later said: ', 'Words.', ''],
    ['Elon Musk said ', 'words', ' in time.'],
    ['Elon Musk said, ', 'Plan B', ' was never on the table.'],
    ['', 'Words,', ' said Elon Musk biographer Anna Holt.'],
    ['', 'Words,', ' said Elon Musk, who left.'],
    ['', 'Words,', ' Elon Musk’s sister said.'],
    ['In short, ', 'words,', ' said Elon Musk.'],
  ])('not %s‘%s’%s', (before, words, after) => {
    expect(around(before, words, after)?.whole ?? false).toBe(false)
  })

  test('not in the middle of a sentence that another quotation began', () => {
    expect(around(' Elon Musk said: ', 'Words.', '', false)?.whole).toBe(false)
  })
})
