import {describe, expect, test} from 'vitest'

import {inventedStory, realStory} from '../fixtures/fixtureStories.ts'
import type {SeedDocument} from '../model/seedDocument.ts'
import {parseStory} from '../parse/parseStory.ts'
import {storyDocuments, type StoryDocuments} from './storyDocuments.ts'

const documentsOf = ({path, bytes}: {path: string; bytes: Uint8Array}): StoryDocuments =>
  storyDocuments(parseStory(path, bytes))
const byId = ({documents}: StoryDocuments, id: string): SeedDocument | undefined =>
  documents.find(({_id}) => _id === id)
const reviewOf = ({review}: StoryDocuments): string[] =>
  review.map(({line, code}) => `${line} ${code}`)

const ofType = (name: string, type: string): SeedDocument[] =>
  documentsOf(inventedStory(name)).documents.filter(({_type}) => _type === type)

describe('the real story', () => {
  const story = documentsOf(realStory())
  const {article} = story
  const marks = article.body.flatMap((part) => {
    if (part._type !== 'block') return []
    const {children = [], markDefs = []} = part
    return markDefs.map((mark) => ({
      ...mark,
      words: children
        .filter((one) => one.marks?.includes(mark._key))
        .map(({text}) => text)
        .join(''),
    }))
  })

  test('each document follows the ones it refers to', () => {
    expect(story.documents.map(({_id}) => _id)).toEqual([
      'credit-publisher-unilad',
      'credit-publisher-popular-mechanics',
      'credit-agency-pa-images',
      'credit-work-popular-mechanics-e20dcd0f',
      'topic-news',
      'topic-wd-q317521',
      'topic-now',
      'topic-wd-q30',
      'topic-wd-q7747',
      'author-693232bf4607',
      'article-unilad-20210214-cc676a7c',
      'mostRead-unilad-20210214',
      'siteSettings',
    ])
  })

  test('every reference points to one of them', () => {
    const ids = new Set(story.documents.map(({_id}) => _id))
    const refs = [...JSON.stringify(story.documents).matchAll(/"_ref":"([^"]+)"/g)]
    expect(refs.length).toBeGreaterThan(20)
    expect(refs.filter(([, id = '']) => !ids.has(id))).toEqual([])
  })

  test('nothing is empty or null except the arrays that Portable Text requires', () => {
    const text = JSON.stringify(story.documents).replaceAll(/"(marks|markDefs)":\[\]/g, '')
    expect(text).not.toMatch(/null|""|\[\]|\{\}/)
  })

  test('the slug and the facts from the byline', () => {
    expect(article).toMatchObject({
      slug: {current: 'elon-musk-invited-vladimir-putin-to-chat-with-him-on-clubhouse'},
      byline: [{author: {_ref: 'author-693232bf4607'}, role: 'writer'}],
      firstPublishedAt: '2021-02-14T12:31:00.000Z',
      articleType: 'news',
      language: 'en-GB',
      access: 'free',
      pubStatus: 'usable',
    })
    expect(article).not.toHaveProperty('updatedAt')
    expect(article).not.toHaveProperty('standfirst')
  })

  test('topics in the order of the page; the section is News, Now is a channel', () => {
    expect(article.topics?.map(({_ref}) => _ref)).toEqual([
      'topic-news',
      'topic-wd-q317521',
      'topic-now',
      'topic-wd-q30',
      'topic-wd-q7747',
    ])
    expect(article.section._ref).toBe('topic-news')
    const kinds = story.documents.flatMap((one) => (one._type === 'topic' ? [one.kind] : []))
    expect(kinds).toEqual(['section', 'person', 'channel', 'place', 'person'])
  })

  test('pictures keep caption, credit and line, and get neither picture nor alternative text', () => {
    const credits = [{credit: {_ref: 'credit-agency-pa-images'}, role: 'agency'}]
    expect(article.leadMedia).toMatchObject({
      caption: 'Putin Musk',
      credits,
      sourceText: 'Putin MuskPA Images',
    })
    const figure = article.body.find(({_type}) => _type === 'figure')
    expect(figure).toMatchObject({
      caption: "Rising Tesla Share Price Creates Army Of Self-Named 'Teslanaires'",
      credits,
    })
    for (const one of [article.leadMedia, figure]) {
      expect(one).not.toHaveProperty('alt')
      expect(one).not.toHaveProperty('asset')
    }
  })

  test('four quotations: the second in Russian, the last without a medium, none with a speaker yet', () => {
    const quotations = marks.filter(({_type}) => _type === 'quotation')
    expect(quotations).toEqual([
      {
        _type: 'quotation',
        _key: 'l17-q1',
        medium: 'tweet',
        words: 'Would you like join me for a conversation on Clubhouse?',
      },
      {
        _type: 'quotation',
        _key: 'l17-q2',
        medium: 'tweet',
        originalLanguage: 'ru',
        words: 'It would be a great honor to speak with you.',
      },
      {
        _type: 'quotation',
        _key: 'l30-q1',
        medium: 'tweet',
        words: 'We’re just trying to get people to Mars. Help would be appreciated.',
      },
      {
        _type: 'quotation',
        _key: 'l32-q1',
        words: 'The most entertaining outcome is the most likely,',
      },
    ])
  })

  test('only the file titles and the speakers are flagged', () => {
    expect(reviewOf(story)).toEqual([
      '7 captionUnverified',
      '17 proposal',
      '17 proposal',
      '22 captionUnverified',
      '30 proposal',
      '32 proposal',
    ])
    expect(article.provenance?.reviewFlags?.slice(0, 2)).toMatchObject([
      {
        line: 7,
        message: '“Putin Musk” may be the picture’s file title, not a caption. Check it.',
      },
      {
        line: 17,
        message:
          'Elon Musk may be the speaker of “Would you like join me for a conversation on Clubhouse?” Accept or reject the proposal.',
      },
    ])
  })

  test('each quotation has a proposed speaker with its evidence', () => {
    const topic = {_type: 'reference', _ref: 'topic-wd-q317521'}
    const proposals = article.provenance?.proposals ?? []
    expect(proposals.map(({field, rule}) => [field, rule])).toEqual([
      ['body[_key=="l17"].markDefs[_key=="l17-q1"].speaker', 'nameNearQuotation'],
      ['body[_key=="l17"].markDefs[_key=="l17-q2"].speaker', 'speakerBefore'],
      ['body[_key=="l30"].markDefs[_key=="l30-q1"].speaker', 'nameNearQuotation'],
      ['body[_key=="l32"].markDefs[_key=="l32-q1"].speaker', 'speakerBefore'],
    ])
    for (const proposal of proposals) expect(proposal).toMatchObject({value: 'Elon Musk', topic})
    expect(proposals[3]?.evidence).toMatch(/^The Good Time Show, .* the tech whiz wrote\.$/)
  })

  test('one publisher and one work, named in the text and in the list', () => {
    const work = 'credit-work-popular-mechanics-e20dcd0f'
    expect(marks.filter(({_type}) => _type === 'attribution')).toEqual([
      {
        _type: 'attribution',
        _key: 'l26-a1',
        credit: {_type: 'reference', _ref: work},
        words: 'Popular Mechanics',
      },
    ])
    expect(article.credits).toMatchObject([
      {number: 1, credit: {_ref: 'credit-publisher-popular-mechanics'}},
      {credit: {_ref: work}},
    ])
    expect(byId(story, work)).toEqual({
      _id: work,
      _type: 'credit',
      kind: 'work',
      name: "Elon Musk's Internet was considered a threat to Russia's national security. And they want to fine for using Starlink",
      publisher: {_type: 'reference', _ref: 'credit-publisher-popular-mechanics'},
    })
  })

  test('the author’s biography gives an affiliation and no other fact', () => {
    expect(byId(story, 'author-693232bf4607')).toEqual({
      _id: 'author-693232bf4607',
      _type: 'author',
      name: 'Cameron Frew',
      slug: {_type: 'slug', current: 'cameron-frew'},
      kind: 'person',
      affiliation: {_type: 'reference', _ref: 'credit-publisher-unilad'},
      bio: expect.stringMatching(/^After graduating from .* as a journalist\.$/),
    })
  })

  test('the most-read list is a snapshot with labels', () => {
    expect(byId(story, 'mostRead-unilad-20210214')).toMatchObject({
      capturedOn: '2021-02-14',
      publisher: {_ref: 'credit-publisher-unilad'},
      items: [
        {_key: 'l38', categoryLabel: 'Celebrity'},
        {
          headline: 'Mum Of 11 Wants 100 More Kids To Have ‘World’s Largest Family’',
          categoryLabel: 'Life',
        },
        {categoryLabel: 'Life'},
        {categoryLabel: 'Celebrity'},
      ],
    })
  })

  test('the source is on record', () => {
    expect(article.provenance).toMatchObject({
      file: '000_73de5ce1ef32ca8d.txt',
      checksum: '1686eb0ca93ad79669d8fe2c8efd1bbc26190d7bebcccce1f1a292cb1228ff12',
      lineCount: 72,
      capturedOn: '2021-02-14',
      sourceSite: {_ref: 'credit-publisher-unilad'},
      sourceTime: '14 Feb 2021 12:31',
      timeZone: 'Europe/London',
      normalisations: [
        {line: 26, kind: 'noBreakSpace'},
        {line: 62, kind: 'noBreakSpace'},
        {line: 68, kind: 'outerSpace'},
        {line: 70, kind: 'outerSpace'},
      ],
    })
  })
})

describe('invented stories', () => {
  test('two authors in the order of the byline, each with their own biography', () => {
    const story = documentsOf(inventedStory('two-authors-in-summer'))
    const authors = story.documents.filter(({_type}) => _type === 'author')
    expect(authors).toMatchObject([
      {name: 'Ada Quill', bio: 'Ada joined Harbour Lantern from a fishing boat.'},
      {name: 'Bram Oakes', bio: expect.stringMatching(/likes\.\n\nHe has never/)},
    ])
    expect(story.article.byline?.map(({author}) => author._ref)).toEqual(authors.map((a) => a._id))
    expect(story.article.firstPublishedAt).toBe('2022-07-02T23:30:00.000Z')
    expect(reviewOf(story)).toEqual([
      '1 unknownPublication',
      '7 captionUnverified',
      '18 captionUnverified',
      '41 unknownTopic',
      '41 unknownTopic',
    ])
  })

  test('a publisher with two works is credited as itself; the numbers run from 1', () => {
    const {article} = documentsOf(inventedStory('five-most-read'))
    expect(article.credits?.map(({number}) => number)).toEqual([1, undefined, 2, undefined])
  })

  test('a story without topics is filed under News until an editor changes it', () => {
    const story = documentsOf(inventedStory('bare'))
    expect(story.article).not.toHaveProperty('topics')
    expect(story.article).not.toHaveProperty('credits')
    expect(story.article).not.toHaveProperty('leadMedia')
    expect(story.article.section._ref).toBe('topic-news')
    expect(reviewOf(story)).toEqual(['2 assumedSection'])
  })

  test('an unknown topic is a subject; another spelling is another topic, and is flagged', () => {
    const story = documentsOf(inventedStory('five-most-read'))
    const topics = story.article.topics?.map(({_ref}) => byId(story, _ref))
    expect(topics).toMatchObject([
      {name: 'Weather', kind: 'subject'},
      {name: 'weather', kind: 'subject'},
      {_id: 'topic-glimmerby'},
    ])
    expect(reviewOf(story).filter((code) => code.endsWith('lookAlike'))).toHaveLength(2)
  })

  test('an unknown agency leaves the picture without credit', () => {
    const {article} = documentsOf(inventedStory('five-most-read'))
    expect(article.leadMedia).toEqual({
      _type: 'figure',
      caption: 'Workers Dig For The Front DoorBrightwater Pictures',
      sourceText: 'Workers Dig For The Front DoorBrightwater Pictures',
    })
  })

  test('a site’s own byline is its desk, an agency’s is an agency', () => {
    expect(ofType('windows', 'author')).toMatchObject([{name: 'UNILAD', kind: 'desk'}])
    expect(ofType('mixed-line-ends', 'author')).toMatchObject([{name: 'Reuters', kind: 'agency'}])
  })

  test('settings are made only for a site whose address is known', () => {
    expect(ofType('bare', 'siteSettings')).toMatchObject([{publicationName: 'UNILAD'}])
    expect(ofType('five-most-read', 'siteSettings')).toEqual([])
  })
})
