import type {Case} from '../case.ts'

export interface Advice extends Case {
  readonly level: 'warning' | 'info'
}

const article = {document: 'article-one', level: 'warning'} as const

const note = 'A working note is left in the text: resolve “TK”.'

const tktk = 'A working note is left in the text: resolve “TKTK”.'

const thirteen = Array.from({length: 13}, (_, index) => ({
  _key: `t${index}`,
  _type: 'reference',
  _ref: `topic-${index}`,
}))

const paragraph = (text: string, style = 'normal') => ({
  _key: 'p1',
  _type: 'block',
  style,
  markDefs: [],
  children: [{_key: 's', _type: 'span', text, marks: []}],
})

const empty = 'This paragraph is empty: delete it. Pages make their own space.'
const heading = 'Make this a heading 2: a heading 3 only divides the part under a heading 2.'
const address = 'An address stands in the text: put it behind a link on words that say what it is.'

/** What the schema remarks on without stopping anybody. */
export const advice: readonly Advice[] = [
  {
    ...article,
    set: {headline: 'A'.repeat(111)},
    at: 'headline',
    says: 'Search engines and cards cut headlines after 110 characters.',
  },
  {
    ...article,
    set: {headline: 'Two firms agree.'},
    at: 'headline',
    says: 'Headlines end without a full stop: remove it.',
  },
  {...article, set: {headline: 'TK firms agree'}, at: 'headline', says: note},
  {...article, set: {standfirst: 'They will TK.'}, at: 'standfirst', says: note},
  {
    ...article,
    level: 'info',
    unset: ['standfirst'],
    at: 'standfirst',
    says: 'Without a standfirst, cards and feeds use the first paragraph.',
  },
  {
    ...article,
    set: {shortHeadline: 'A'.repeat(61)},
    at: 'shortHeadline',
    says: 'Fronts cut short headlines after 60 characters.',
  },
  {
    ...article,
    set: {kicker: 'A'.repeat(31)},
    at: 'kicker',
    says: 'Keep the kicker within 30 characters.',
  },
  {
    ...article,
    unset: ['leadMedia'],
    at: 'leadMedia',
    says: 'Add a lead picture: cards look bare without.',
  },
  {
    ...article,
    unset: ['leadMedia.asset'],
    at: 'leadMedia',
    says: 'The picture itself is missing: upload it, or remove the figure.',
  },
  {
    ...article,
    unset: ['body[_key=="f1"].asset'],
    at: 'body[_key=="f1"]',
    says: 'The picture itself is missing: upload it, or remove the figure.',
  },
  {
    ...article,
    set: {_id: 'versions.rSpring.article-one', 'slug.current': 'a-new-address'},
    at: 'slug',
    says: 'Readers know this story as “two-firms-share-a-launch-site”: press “Keep the old web address”, or old links will break.',
  },
  {
    ...article,
    unset: ['social.image.asset'],
    at: 'social.image',
    says: 'The picture itself is missing: upload it, or remove the figure.',
  },
  {
    document: 'author-one',
    level: 'warning',
    unset: ['portrait.asset'],
    at: 'portrait',
    says: 'The picture itself is missing: upload it, or remove the figure.',
  },
  {...article, set: {'body[0]': paragraph(' ')}, at: 'body[_key=="p1"]', says: empty},
  {...article, set: {'body[0]': paragraph('How', 'h3')}, at: 'body[_key=="p1"]', says: heading},
  {
    ...article,
    set: {'body[0]': paragraph('Read www.example.org')},
    at: 'body[_key=="p1"]',
    says: address,
  },
  {
    ...article,
    set: {'body[0]': paragraph('The rest is [[ask Ada]]')},
    at: 'body[_key=="p1"]',
    says: 'A working note is left in the story: resolve “[[” or move it to the desk notes.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'The chiefs of both firms'},
    at: 'leadMedia.alt',
    says: 'Say what the picture shows: the caption is read aloud anyway.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'img_2041'},
    at: 'leadMedia.alt',
    says: 'Say what the picture shows: this is the name of its file.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'Photo of two men'},
    at: 'leadMedia.alt',
    says: 'Begin with what the picture shows: screen readers already say that it is a picture.',
  },
  {...article, set: {'leadMedia.caption': 'Caption TKTK'}, at: 'leadMedia.caption', says: tktk},
  {
    ...article,
    set: {'body[_key=="f1"].credits': []},
    unset: ['body[_key=="f1"].asset'],
    at: 'body[_key=="f1"].credits',
    says: 'Nobody is credited: find out whose picture this was before you upload it.',
  },
  {
    ...article,
    unset: ['body[_key=="p3"].markDefs[0].speaker'],
    at: 'body[_key=="p3"].markDefs[_key=="p3-m"].speaker',
    says: 'Choose the person or organisation whose words these are.',
  },
  {
    ...article,
    unset: ['body[_key=="q1"].speaker'],
    at: 'body[_key=="q1"].speaker',
    says: 'Choose the person or organisation whose words these are.',
  },
  {...article, set: {'body[_key=="q1"].text': 'TK'}, at: 'body[_key=="q1"].text', says: note},
  {
    ...article,
    unset: ['body[_key=="s1"].text'],
    at: 'body[_key=="s1"].text',
    says: 'Copy the words of the post: it may be deleted tomorrow.',
  },
  {
    ...article,
    level: 'info',
    unset: ['body[_key=="v1"].transcript'],
    at: 'body[_key=="v1"].transcript',
    says: 'Add a transcript for readers who cannot hear the recording.',
  },
  {
    ...article,
    level: 'info',
    unset: ['body[_key=="a1"].transcript'],
    at: 'body[_key=="a1"].transcript',
    says: 'Add a transcript for readers who cannot hear the recording.',
  },
  {
    ...article,
    set: {'corrections[0].madeAt': '2021-02-17T10:00:00.000Z'},
    at: 'updatedAt',
    says: 'The story was corrected later than this: mark it as updated.',
  },
  {
    ...article,
    level: 'info',
    set: {'body[0].children[0].text': 'The two firms will not take turns.'},
    at: 'updatedAt',
    says: 'The words differ from what is published. If readers should know, mark the story as updated.',
  },
  {
    ...article,
    unset: ['topics'],
    at: 'topics',
    says: 'Add a topic: topic pages and related stories are built from them.',
  },
  {
    ...article,
    set: {topics: thirteen},
    at: 'topics',
    says: 'Keep the twelve topics the story is most about.',
  },
  {
    ...article,
    set: {credits: []},
    at: 'credits',
    says: 'The story names “Popular Mechanics”: add it to the sources.',
  },
  {
    ...article,
    set: {corrections: [], pubStatus: 'usable'},
    at: 'corrections',
    says: 'A published correction is missing here: restore it, and add a new one if it was wrong.',
  },
  {
    ...article,
    set: {'corrections[0].text': 'It was TK.'},
    at: 'corrections[_key=="k1"].text',
    says: note,
  },
  {
    ...article,
    set: {'seo.title': 'A'.repeat(61)},
    at: 'seo.title',
    says: 'Search results cut titles after about 60 characters: shorten it.',
  },
  {
    ...article,
    set: {'seo.description': 'A'.repeat(161)},
    at: 'seo.description',
    says: 'Search results cut descriptions after about 160 characters: shorten it.',
  },
  {
    ...article,
    set: {'social.title': 'A'.repeat(91)},
    at: 'social.title',
    says: 'Shared titles are cut after about 90 characters: shorten it.',
  },
  {
    ...article,
    set: {'social.description': 'A'.repeat(201)},
    at: 'social.description',
    says: 'Shared descriptions are cut after about 200 characters: shorten it.',
  },
  {
    document: 'author-one',
    level: 'warning',
    set: {shortBio: 'A'.repeat(301)},
    at: 'shortBio',
    says: 'Keep the short biography within 300 characters.',
  },
  {
    document: 'author-one',
    level: 'warning',
    set: {bio: 'A'.repeat(601)},
    at: 'bio',
    says: 'Keep the biography within 600 characters.',
  },
  {
    document: 'topic-person',
    level: 'warning',
    set: {'externalIds[0].value': 'Q84'},
    at: 'externalIds[_key=="wikidata"].value',
    says: '“London” has this id too: merge the two topics, or mend the id.',
  },
  {
    document: 'credit-work',
    level: 'warning',
    unset: ['url'],
    at: 'url',
    says: 'Add the address of this work, so that readers can check it.',
  },
]
