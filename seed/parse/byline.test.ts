import {describe, expect, test} from 'vitest'

import {byline, possibleNames} from './byline.ts'

const TIME = '14 Feb 2021 12:31'
const namesOf = (who: string): readonly string[] | undefined =>
  byline(`by : ${who} on : ${TIME}`, 'Harbour Lantern')?.names

describe('a byline that the grammar can read in one way only', () => {
  test.each([
    ['Cameron Frew', ['Cameron Frew']],
    ['Simon Anderson', ['Simon Anderson']],
    ['Ada Quill and Bram Oakes', ['Ada Quill', 'Bram Oakes']],
    ['Ada Quill & Bram Oakes', ['Ada Quill', 'Bram Oakes']],
    ['Ada Quill, Bram Oakes, and Cora Finch', ['Ada Quill', 'Bram Oakes', 'Cora Finch']],
    ['Ada Quill, Bram Oakes & Cora Finch', ['Ada Quill', 'Bram Oakes', 'Cora Finch']],
    ['Mary-Jane O’Neill', ['Mary-Jane O’Neill']],
    ['Ludwig van den Berg', ['Ludwig van den Berg']],
    ['J. R. Hartley', ['J. R. Hartley']],
    ['Zoë Hale', ['Zoë Hale']],
    ['Reuters', ['Reuters']],
    ['Harbour Lantern', ['Harbour Lantern']],
  ])('%s', (who, names) => {
    expect(namesOf(who)).toEqual(names)
  })
})

describe('a byline that is kept as printed', () => {
  test.each([
    'Pat Lane, Jr. and Ada Quill',
    'Dr Ada Quill, MD',
    'Ada Quill, Senior Reporter',
    'Ada Quill, Senior Reporter and Bram Oakes',
    'Ada Quill / Bram Oakes',
    'Ada Quill | Bram Oakes',
    'Ada Quill + Bram Oakes',
    'Ada Quill with Bram Oakes',
    'Ada Quill and Bram Oakes for the Lantern',
    'Ada Quill, Bram Oakes',
    'Ada Quill, Saltmere University',
    'Newsroom',
    'Staff Reporter',
    'ada quill',
    'Ada',
  ])('%s', (who) => {
    expect(namesOf(who)).toBeUndefined()
    expect(byline(`by : ${who} on : ${TIME}`)).toMatchObject({printed: who, time: TIME})
  })
})

test('the line itself', () => {
  expect(byline('By: Ada Quill on: 14 Feb 2021 12:31')).toMatchObject({time: TIME})
  expect(byline('by : Cameron Frew')).toMatchObject({names: ['Cameron Frew'], time: undefined})
  expect(byline('by : on : 14 Feb 2021 12:31')?.printed).toBe('')
})

test.each(['bystanders : two', 'by Cameron Frew', 'by :'])('%s is none', (line) => {
  expect(byline(line)).toBeUndefined()
})

test('possible names in a printed byline are proposals', () => {
  expect(possibleNames('Ada Quill / Bram Oakes')).toEqual(['Ada Quill', 'Bram Oakes'])
  expect(possibleNames('Ada Quill, Senior Reporter')).toEqual(['Ada Quill'])
  expect(possibleNames('Newsroom')).toEqual([])
})
