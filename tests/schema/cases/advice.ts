import type {Case} from '../case.ts'

export interface Advice extends Case {
  readonly level: 'warning' | 'info'
}

const article = {document: 'article-one', level: 'warning'} as const

const note = '“TK” is still in the text: replace or remove it.'

const tktk = '“TKTK” is still in the text: replace or remove it.'

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

const empty = 'Empty paragraph: delete it.'
const heading = 'Make this a subheading: a small subheading belongs under one.'
const address = 'There is a bare web address here: turn it into a link.'

/** Warnings and remarks that do not block publishing. */
export const advice: readonly Advice[] = [
  {
    ...article,
    set: {headline: 'A'.repeat(111)},
    at: 'headline',
    says: 'Search engines and story lists cut headlines after 110 characters.',
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
    set: {shortHeadline: 'A'.repeat(61)},
    at: 'shortHeadline',
    says: 'Front pages cut short headlines after 60 characters.',
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
    says: 'Add a lead picture: it shows wherever the story is promoted.',
  },
  {
    ...article,
    unset: ['leadMedia.asset'],
    at: 'leadMedia',
    says: 'The picture itself is missing: upload it, or remove this entry.',
  },
  {
    ...article,
    unset: ['body[_key=="f1"].asset'],
    at: 'body[_key=="f1"]',
    says: 'The picture itself is missing: upload it, or remove this entry.',
  },
  {
    ...article,
    unset: ['body[_key=="g1"].pictures[0].asset'],
    at: 'body[_key=="g1"].pictures[_key=="g1f1"]',
    says: 'The picture itself is missing: upload it, or remove this entry.',
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
    says: 'The picture itself is missing: upload it, or remove this entry.',
  },
  {
    document: 'author-one',
    level: 'warning',
    unset: ['portrait.asset'],
    at: 'portrait',
    says: 'The picture itself is missing: upload it, or remove this entry.',
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
    says: '“[[” is still in the text: resolve it, or move it to the desk notes.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'The chiefs of both firms'},
    at: 'leadMedia.alt',
    says: 'Describe what the picture shows: screen readers read the caption as well.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'img_2041'},
    at: 'leadMedia.alt',
    says: 'Describe what the picture shows: this is the name of its file.',
  },
  {
    ...article,
    set: {'leadMedia.alt': 'Photo of two men'},
    at: 'leadMedia.alt',
    says: 'Leave out words such as “Photo of”: screen readers already say that it is a picture.',
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
    says: 'Choose the person or organisation who said this.',
  },
  {
    ...article,
    unset: ['body[_key=="q1"].speaker'],
    at: 'body[_key=="q1"].speaker',
    says: 'Choose the person or organisation who said this.',
  },
  {...article, set: {'body[_key=="q1"].text': 'TK'}, at: 'body[_key=="q1"].text', says: note},
  {
    ...article,
    unset: ['body[_key=="s1"].text'],
    at: 'body[_key=="s1"].text',
    says: 'Copy the text of the post: readers see it if the post is deleted.',
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
    says: 'There is a newer correction: choose “Mark as updated now”.',
  },
  {
    ...article,
    level: 'info',
    set: {'body[0].children[0].text': 'The two firms will not take turns.'},
    at: 'updatedAt',
    says: 'You have changed the text. If the change matters to readers, choose “Mark as updated now”.',
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
    says: 'Keep at most twelve topics: those the story is most about.',
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
    says: 'A published correction was removed. Put it back; if it was wrong, add another.',
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
    says: '“London” has this ID too: merge the two topics, or correct the ID.',
  },
  {
    document: 'credit-work',
    level: 'warning',
    unset: ['url'],
    at: 'url',
    says: 'Add a link to this work, so that readers can check it.',
  },
]
