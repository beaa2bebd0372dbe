import {describe, expect, test} from 'vitest'

import {inventedStory, realStory} from '../fixtures/fixtureStories.ts'
import type {ParsedStory} from '../model/parsedStory.ts'
import {parseStory} from './parseStory.ts'
import {Refusal} from './refusal.ts'

const parse = ({path, bytes}: {path: string; bytes: Uint8Array}): ParsedStory =>
  parseStory(path, bytes)
const fixture = (name: string): ParsedStory => parse(inventedStory(name))
const codes = (story: ParsedStory): string[] =>
  story.review.map(({line, code}) => `${line} ${code}`)
const kindsOf = (story: ParsedStory, kind: string): number[] =>
  story.lines.filter((line) => line.kind === kind).map(({number}) => number)

describe('the real story', () => {
  const story = parse(realStory())

  test('every non-blank line has a kind and none is left unplaced', () => {
    expect(story.lines.filter(({kind}) => kind !== 'whitespace')).toHaveLength(39)
    expect(kindsOf(story, 'unplaced')).toEqual([])
    expect(codes(story)).toEqual(['7 captionUnverified', '22 captionUnverified'])
  })

  test('its head', () => {
    expect(story).toMatchObject({
      site: 'unilad',
      capturedOn: '2021-02-14',
      headline: {line: 4, text: 'Elon Musk Invited Vladimir Putin To Chat With Him On Clubhouse'},
      byline: {
        line: 6,
        names: ['Cameron Frew'],
        printedTime: '14 Feb 2021 12:31',
        timeZone: 'Europe/London',
        publishedAt: '2021-02-14T12:31:00.000Z',
      },
      leadFigure: {line: 7, caption: 'Putin Musk', agency: 'PA Images'},
    })
  })

  test('its body is nine paragraphs and a picture, 1,690 characters without adverts', () => {
    expect(story.body.map(({kind, line}) => [line, kind])).toEqual([
      [9, 'paragraph'],
      [11, 'paragraph'],
      [15, 'paragraph'],
      [17, 'paragraph'],
      [19, 'paragraph'],
      [22, 'figure'],
      [24, 'paragraph'],
      [26, 'paragraph'],
      [30, 'paragraph'],
      [32, 'paragraph'],
    ])
    const text = story.body.map((part) => (part.kind === 'paragraph' ? part.text : ''))
    expect(text.join('')).toHaveLength(1690)
  })

  test('its furniture', () => {
    expect(kindsOf(story, 'advert')).toEqual([2, 13, 21, 28])
    expect(kindsOf(story, 'callToAction')).toEqual([34])
    expect(kindsOf(story, 'mostReadRepeat')).toEqual([41, 46, 51, 56])
    expect(kindsOf(story, 'authorBoxName')).toEqual([58])
    expect(kindsOf(story, 'creditsSummary')).toEqual([66])
  })

  test('its most-read list, topics and credits', () => {
    expect(story.mostRead.map(({text, category}) => [text.slice(0, 13), category?.text])).toEqual([
      ['James Charles', 'Celebrity'],
      ['Mum Of 11 Wan', 'Life'],
      ['Cops Caught P', 'Life'],
      ['Gina Carano B', 'Celebrity'],
    ])
    expect(story.topics).toEqual({
      line: 62,
      labels: ['News', 'Elon Musk', 'Now', 'US', 'Vladimir Putin'],
    })
    expect(story.credits).toMatchObject([
      {line: 68, number: 1, publisher: 'Popular Mechanics', work: {line: 70}},
    ])
  })
})

test('two authors, a summer night, two sources, boxes in another order', () => {
  const story = fixture('two-authors-in-summer')
  expect(story.byline).toMatchObject({
    names: ['Ada Quill', 'Bram Oakes'],
    publishedAt: '2022-07-02T23:30:00.000Z',
  })
  expect(story.biographies).toEqual([
    {
      name: 'Bram Oakes',
      paragraphs: [
        {line: 33, text: 'Bram counts birds for a living and writes about the ones he likes.'},
        {line: 35, text: 'He has never been to sea.'},
      ],
    },
    {
      name: 'Ada Quill',
      paragraphs: [{line: 39, text: 'Ada joined Harbour Lantern from a fishing boat.'}],
    },
  ])
  expect(story.credits.map(({number, publisher}) => [number, publisher])).toEqual([
    [1, 'The Saltmere Echo'],
    [2, 'Chip Shop Monthly'],
  ])
  expect(codes(story)).toEqual([
    '1 unknownPublication',
    '7 captionUnverified',
    '18 captionUnverified',
  ])
})

test('no picture, credits, topics, list or box, no blank line and no final line end', () => {
  const story = fixture('bare')
  expect(story.leadFigure).toBeUndefined()
  expect(story.topics).toBeUndefined()
  expect([story.mostRead, story.biographies, story.credits, story.review]).toEqual([[], [], [], []])
  expect(story.body.map(({line}) => line)).toEqual([4, 5])
})

describe('a page that is nearly like the archive’s', () => {
  const story = fixture('five-most-read')

  test('five entries, with and without category, around an advert', () => {
    expect(story.mostRead.map(({text, category}) => [text, category?.text])).toEqual([
      ['Clock Strikes Thirteen, Is Disciplined', 'Oddities'],
      ['Baker Forgets Yeast', undefined],
      ['Tuba Found In Well', 'Music'],
      ['Fog Cancelled Owing To Fog', 'Weather'],
      ['Who Moved The Statue?', undefined],
    ])
  })

  test('pictures of unknown agencies keep their whole line as caption', () => {
    expect(story.leadFigure).toEqual({
      kind: 'figure',
      line: 6,
      caption: 'Workers Dig For The Front DoorBrightwater Pictures',
      sourceText: 'Workers Dig For The Front DoorBrightwater Pictures',
    })
    expect(story.body.filter(({kind}) => kind === 'figure')).toEqual([
      {
        kind: 'figure',
        line: 16,
        caption: 'A Very Small Blizzard',
        sourceText: 'A Very Small Blizzard',
      },
      {kind: 'figure', line: 20, agency: 'Getty Images', sourceText: 'Getty Images'},
    ])
  })

  test('a labelled pointer to another page is furniture, a sentence with the same first word is not', () => {
    expect(kindsOf(story, 'seeAlso')).toEqual([10])
    expect(story.body).toContainEqual({
      kind: 'paragraph',
      line: 11,
      text: 'See The Pictures Here',
    })
    expect(story.body).toContainEqual({
      kind: 'paragraph',
      line: 13,
      text: 'See why nobody laughed.',
    })
  })

  test('lines without a place are kept and flagged', () => {
    expect(kindsOf(story, 'unplaced')).toEqual([44, 61, 63])
    expect(codes(story)).toEqual([
      '1 unknownPublication',
      '5 repeatedAuthor',
      '6 unknownAgency',
      '10 leftOut',
      '11 furnitureInBody',
      '16 unknownAgency',
      '44 unplacedLine',
      '53 creditsMismatch',
      '61 unplacedLine',
      '63 unplacedLine',
    ])
  })
})

test('a byte order mark, Windows line ends, a skipped hour, a list without entries', () => {
  const story = fixture('windows')
  expect(story.source).toMatchObject({byteOrderMark: true, lineEnds: 'windows', lineCount: 13})
  expect(story.lines.every(({text}) => !text.includes('\r'))).toBe(true)
  expect(story.mostRead).toEqual([])
  expect(codes(story)).toEqual(['5 skippedClockTime'])
})

test('mixed line ends, a repeated hour, an empty list of topics', () => {
  const story = fixture('mixed-line-ends')
  expect(story.source.lineEnds).toBe('unix')
  expect(story.topics?.labels).toEqual([])
  expect(codes(story)).toEqual(['5 repeatedClockTime'])
})

const refusal = (text: string): unknown => {
  try {
    return parseStory('in/a.txt', new TextEncoder().encode(text))
  } catch (error) {
    return error
  }
}

describe('no story', () => {
  const HEAD = 'date 2021-02-14 unilad\n'
  const BYLINE = 'by : Ada on : 14 Feb 2021 12:31\n'
  test.each([
    ['no header', `A Headline\n${BYLINE}Text.\n`, 1, 'A Headline'],
    ['an impossible date', `\n date 2021-02-30 unilad\nH\n${BYLINE}T.\n`, 2, 'date 2021-02-30'],
    ['no headline', `${HEAD}\n${BYLINE}Text.\n`, 3, 'by : Ada'],
    ['a headline of 151 characters', `${HEAD}${'x'.repeat(151)}\n${BYLINE}T.\n`, 2, 'xxx'],
    ['no byline', `${HEAD}A Headline\n\nSome text.\n`, 4, 'Some text.'],
    ['no date', `${HEAD}A Headline\nby : Ada\nText.\n`, 3, 'by : Ada'],
    ['a time that cannot be read', `${HEAD}H\nby : Ada on : noon\nText.\n`, 3, 'noon'],
    ['no name', `${HEAD}H\nby : on : 14 Feb 2021 12:31\nText.\n`, 3, 'by : on'],
    ['no paragraph', `${HEAD}H\n${BYLINE}Advert\nTopics: News\n`, 5, 'Topics: News'],
    ['only a header', HEAD, 0, 'the end of the file'],
    ['only a header and a headline', `${HEAD}H\n`, 0, 'the end of the file'],
    ['prose', 'Once upon a time.\n', 1, 'Once upon a time.'],
  ])('%s is refused with its line', (_, text, line, found) => {
    const error = refusal(text)
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({file: 'in/a.txt', line})
    expect(error).toHaveProperty('found', expect.stringContaining(found))
    expect(error).toHaveProperty('expected', expect.stringMatching(/^(a|the) /))
  })

  test('the message says where, what was expected and what was found', () => {
    expect(refusal(`${HEAD}A Headline\nby : Ada\nText.\n`)).toHaveProperty(
      'message',
      'in/a.txt:3: expected a byline, `by : NAME on : 14 Feb 2021 12:31`, found “by : Ada”',
    )
  })
})
