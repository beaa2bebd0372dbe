/**
 * What an import states as fact and what it leaves to an editor, case by case. A guessed fact is
 * worse than none, because nobody checks it again.
 */
import {describe, expect, test} from 'vitest'

import {parseStory} from '../parse/parseStory.ts'
import {storyDocuments, type StoryDocuments} from './storyDocuments.ts'

interface Page {
  readonly by?: string
  readonly headline?: string
  readonly topics?: string
  readonly tail?: readonly string[]
}

const APPEAL = 'If you have a story, send it to us via tips@example.org'

const imported = (body: readonly string[], page: Page = {}): StoryDocuments => {
  const {by = 'Ada Quill', headline = 'Gull Walks In', topics = 'News', tail = []} = page
  const text = [
    'date 2021-02-15 unilad',
    headline,
    `by : ${by} on : 14 Feb 2021 12:31`,
    ...body,
    ...tail,
    `Topics: ${topics}`,
  ].join('\n')
  return storyDocuments(parseStory('a.txt', new TextEncoder().encode(`${text}\n`)))
}

const paragraphs = ({article}: StoryDocuments): string[] =>
  article.body.flatMap((part) =>
    part._type === 'block' ? [(part.children ?? []).map(({text}) => text).join('')] : [],
  )
const codes = ({review}: StoryDocuments): string[] => review.map(({code}) => code)
const speakers = ({article}: StoryDocuments): unknown[] =>
  article.body.flatMap((part) =>
    part._type === 'block'
      ? (part.markDefs ?? []).flatMap((mark) => (mark._type === 'quotation' ? [mark.speaker] : []))
      : [],
  )

describe('speakers', () => {
  const topics = 'News, Donald Trump, Tesla'

  test.each([
    'Donald Trump said: ‘It rains.’',
    'It was wet outside. Donald Trump wrote, ‘It rains.’',
    '‘It rains,’ said Donald Trump.',
    '‘It rains!’ Donald Trump replied. Then it stopped.',
  ])('asserted: %s', (sentence) => {
    const story = imported([sentence], {topics})
    expect(speakers(story)).toEqual([{_type: 'reference', _ref: 'topic-wd-q22686'}])
    expect(codes(story)).not.toContain('proposal')
  })

  test.each([
    'Fans of Donald Trump said: ‘It rains.’',
    'A lawyer for Donald Trump said: ‘It rains.’',
    'A man dressed as Donald Trump said, ‘It rains.’',
    'Unlike what Donald Trump said, ‘Plan C’ was dry.',
    'Nobody at Tesla said ‘rain’ that day.',
    '‘It rains,’ said Donald Trump biographer Bram Oakes.',
    '‘It rains,’ wrote Trump fan Cora Finch.',
    'In Saltmere Donald Trump said, ‘It rains.’',
    'Trump said: ‘It rains.’',
    'President Donald Trump said: ‘It rains.’',
    'Supporters of Sen. Donald Trump said: ‘It rains.’',
    'Asked about what Donald Trump said, the baker replied: ‘It rains.’',
  ])('left to an editor: %s', (sentence) => {
    expect(speakers(imported([sentence], {topics}))).toEqual([undefined])
  })

  test('a proposal has its evidence and a flag; the editor decides', () => {
    const story = imported(['He left. Trump said: ‘It rains.’'], {topics})
    expect(story.article.provenance?.proposals).toMatchObject([
      {value: 'Donald Trump', evidence: 'He left. Trump said: ‘It rains.’', line: 4},
    ])
    expect(story.article.provenance?.proposals?.[0]).not.toHaveProperty('decision')
    expect(codes(story)).toEqual(['proposal'])
  })
})

describe('prose stays in the story', () => {
  test.each([
    'Read more than ten books a year and you sleep better.',
    'See more of the town and you like it less, it says.',
    'Watch also how the tide comes in.',
    'See how they run.',
    'If you saw the gull, please get in touch with the harbour on 101.',
    'If you are in distress, get in touch with the helpline on 116 123.',
    'If you have a story to tell, tell it.',
    'Topics: the council listed four, and none was easy.',
    'Credits rolled while the gull slept.',
    'Most read his letter twice.',
    'By the time they came it was gone.',
  ])('%s', (line) => {
    const story = imported(['A sentence.', line, 'Another sentence.'])
    expect(paragraphs(story)).toEqual(['A sentence.', line, 'Another sentence.'])
  })

  test('a line with the author’s name alone does not end the story', () => {
    const body = ['A sentence.', 'Ada Quill', 'The water was cold.']
    const story = imported(body)
    expect(paragraphs(story)).toEqual(body)
    expect(codes(story)).toEqual(['furnitureInBody'])
    expect(story.documents.find(({_type}) => _type === 'author')).not.toHaveProperty('bio')
  })

  test('the author’s box below the story is a biography', () => {
    const story = imported(['A sentence.'], {tail: [APPEAL, 'Ada Quill', 'Ada likes gulls.']})
    expect(story.documents.find(({_type}) => _type === 'author')).toMatchObject({
      bio: 'Ada likes gulls.',
    })
  })

  test('prose below the appeal is kept in the story, and flagged', () => {
    const story = imported(['A sentence.', APPEAL, 'The gull came back on Tuesday.'])
    expect(paragraphs(story)).toEqual(['A sentence.', 'The gull came back on Tuesday.'])
    expect(codes(story)).toEqual(['belowTheEnd'])
  })

  test('Topics and Credits in the middle of a story end nothing', () => {
    const body = ['A sentence.', 'Topics: gulls, fog', 'It went on for a long time.', 'Credits']
    const story = imported(body)
    expect(paragraphs(story)).toEqual(body)
    expect(codes(story)).toEqual(['furnitureInBody', 'furnitureInBody'])
  })

  test.each([
    'Featured Image Credit: The Pier',
    'Related: Gull Learns To Queue',
    'Look at this. pic.twitter.com/abc',
    '— The Harbour (@harbour) March 3, 2021',
    'View this post on Instagram',
    'Loading…',
    '© 2019',
  ])('a line that may be furniture is kept and flagged: %s', (line) => {
    const story = imported(['A sentence.', line])
    expect(paragraphs(story)).toEqual(['A sentence.', line])
    expect(codes(story)).toEqual(['furnitureInBody'])
  })

  test('plain prose has no flag', () => {
    const prose = [
      'A gull walked into a shop.',
      '“We open at noon,” she said.',
      'He asked, ‘Why?’',
      'It was closed (for good).',
      'There were three of them…',
      'This is what they wrote:',
    ]
    expect(codes(imported(prose))).toEqual([])
  })
})

describe('bylines', () => {
  test.each([
    ['Pat Lane, Jr. and Ada Quill', ['Pat Lane', 'Ada Quill']],
    ['Ada Quill with Bram Oakes', ['Ada Quill', 'Bram Oakes']],
    ['Ada Quill, Senior Reporter', ['Ada Quill']],
    ['Newsroom', []],
  ])('%s is kept as printed, its names are proposals', (by, names) => {
    const story = imported(['A sentence.'], {by})
    expect(story.article).toMatchObject({bylineText: by})
    expect(story.article).not.toHaveProperty('byline')
    expect(story.documents.filter(({_type}) => _type === 'author')).toEqual([])
    expect(story.article.provenance?.proposals?.map(({value}) => value) ?? []).toEqual(names)
    expect(codes(story)).toContain('bylineAsPrinted')
  })

  test('a second byline and a time of update are no pictures', () => {
    const story = imported([
      'by : Bram Oakes on : 14 Feb 2021 12:31',
      'Updated on : 04 Mar 2021 09:00',
      'A sentence.',
    ])
    expect(story.article).not.toHaveProperty('leadMedia')
    expect(story.article).not.toHaveProperty('updatedAt')
    expect(story.article.provenance?.proposals).toMatchObject([
      {field: 'byline', value: 'Bram Oakes', rule: 'secondByline'},
      {field: 'updatedAt', value: '2021-03-04T09:00:00.000Z', rule: 'updateTime'},
    ])
  })
})

describe('characters', () => {
  test('text is normalised, and the source is kept as printed', () => {
    const story = imported(['Ca\u00ADf\u0065\u0301 &mdash; it&#039;s open.'], {
      headline: 'Fish &amp; Chips&#8217; Day',
      by: 'Zoe\u0308 Hale &amp; Ada Quill',
    })
    expect(story.article).toMatchObject({
      headline: 'Fish & Chips’ Day',
      slug: {current: 'fish-and-chips-day'},
    })
    expect(paragraphs(story)).toEqual(["Café — it's open."])
    const names = story.documents.flatMap((one) => (one._type === 'author' ? [one.name] : []))
    expect(names).toEqual(['Zoë Hale', 'Ada Quill'])
    const {placed = [], normalisations = []} = story.article.provenance ?? {}
    expect(placed[0]?.text).toBe('Fish &amp; Chips&#8217; Day')
    expect(normalisations.map(({kind}) => kind)).toContain('invisibleCharacters')
  })

  test.each(['It\u00E2\u20AC\u2122s late.', 'A caf\u00C3\u00A9.', 'Lost \uFFFD here.'])(
    'damaged text is flagged and not repaired: %s',
    (line) => {
      const story = imported([line])
      expect(paragraphs(story)).toEqual([line])
      expect(codes(story)).toEqual(['damagedText'])
    },
  )
})

describe('sources', () => {
  test('a work whose title begins with a number', () => {
    const {documents} = imported(['A sentence.'], {
      topics:
        'News\nCredits\nThe Echo\n  1. The Echo\n    1984. A year of gulls\n  2. The Lantern\n    2. A second look',
    })
    const works = documents.flatMap((one) =>
      one._type === 'credit' && one.kind === 'work' ? [one.name] : [],
    )
    expect(works).toEqual(['1984. A year of gulls', '2. A second look'])
  })

  test('a name is not found inside a longer name', () => {
    const {article} = imported(['It was on Gull TV+ and not on Gull TV.'], {
      topics: 'News\nCredits\nGull TV and 1 other\n  1. Gull TV\n    One\n  2. Gull TV+\n    Two',
    })
    const [block] = article.body
    const marks = block?._type === 'block' ? (block.markDefs ?? []) : []
    const words = (key: string): string | undefined =>
      block?._type === 'block'
        ? block.children?.find((one) => one.marks?.includes(key))?.text
        : undefined
    expect(marks.map(({_key}) => words(_key))).toEqual(['Gull TV+', 'Gull TV'])
    expect(new Set(marks.map((mark) => JSON.stringify(mark))).size).toBe(2)
  })
})

test('a time after the capture is flagged', () => {
  const text =
    'date 2021-02-13 unilad\nH\nby : Ada Quill on : 14 Feb 2021 12:31\nText.\nTopics: News\n'
  const story = storyDocuments(parseStory('a.txt', new TextEncoder().encode(text)))
  expect(codes(story)).toEqual(['timeAfterCapture'])
  expect(story.article.firstPublishedAt).toBe('2021-02-14T12:31:00.000Z')
})

test('a file with the line ends of an old Macintosh', () => {
  const text =
    'date 2021-02-15 unilad\rH\rby : Ada Quill on : 14 Feb 2021 12:31\rText.\rTopics: News\r'
  const story = storyDocuments(parseStory('a.txt', new TextEncoder().encode(text)))
  expect(paragraphs(story)).toEqual(['Text.'])
  expect(story.article.provenance?.normalisations).toMatchObject([{kind: 'classicMacLineEnds'}])
})

test('a carriage return inside a line is flagged: it may hold two lines', () => {
  expect(codes(imported(['One line.\rAnother line.']))).toEqual(['gluedLines'])
})
