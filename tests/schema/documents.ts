/**
 * A small newsroom with every field filled and every rule satisfied. Each case breaks one document
 * in one place.
 */
export interface TestDocument {
  _id: string
  _type: string
  [field: string]: unknown
}

const ref = (_ref: string) => ({_type: 'reference', _ref})

const listed = (_key: string, item: object) => ({_key, ...item})

const slug = (current: string) => ({_type: 'slug', current})

const creditLine = (_key: string, credit: string, role: string, number?: number) => ({
  _key,
  _type: 'creditLine',
  credit: ref(credit),
  role,
  ...(number === undefined ? {} : {number}),
})

const paragraph = (_key: string, text: string, style = 'normal') => ({
  _key,
  _type: 'block',
  style,
  markDefs: [],
  children: [{_key: `${_key}-1`, _type: 'span', text, marks: []}],
})

const marked = (_key: string, text: string, markDef: object) => ({
  _key,
  _type: 'block',
  style: 'normal',
  markDefs: [{_key: `${_key}-m`, ...markDef}],
  children: [{_key: `${_key}-1`, _type: 'span', text, marks: [`${_key}-m`]}],
})

const image = 'image-0123456789abcdef0123456789abcdef01234567-1200x800-jpg'

const figure = {
  _type: 'figure',
  asset: ref(image),
  alt: 'Two men shake hands on a stage',
  caption: 'The chiefs of both firms',
  credits: [creditLine('c1', 'credit-agency', 'agency')],
  sourceText: 'The chiefs of both firmsPA Images',
  sourceAddress: '/content/images/chiefs.jpg',
}

const quote = {
  speaker: ref('topic-person'),
  medium: 'tweet',
  originalLanguage: 'ru',
  sourceUrl: 'https://example.org/post/1',
}

const recording = {
  url: 'https://example.org/recording',
  title: 'The launch, from the stands',
  caption: 'Filmed by a visitor',
  credits: [creditLine('c1', 'credit-agency', 'videographer')],
  transcript: 'Three, two, one.',
}

const provenance = {
  _type: 'provenance',
  file: 'story.txt',
  checksum: '0123456789abcdef'.repeat(4),
  lineCount: 12,
  capturedOn: '2021-02-14',
  sourceSite: ref('credit-publisher'),
  sourceTime: '14 Feb 2021 12:31',
  timeZone: 'Europe/London',
  placed: [{_key: 'l4', _type: 'placedLine', line: 4, field: 'headline'}],
  furniture: [{_key: 'l2', _type: 'furnitureLine', line: 2, kind: 'advert', text: 'Advert'}],
  proposals: [
    {
      _key: 'p1',
      _type: 'proposal',
      field: 'updatedAt',
      value: '2021-03-04T09:00:00.000Z',
      evidence: 'Updated on : 04 Mar 2021 09:00',
      rule: 'updateTime',
      pointer: 'posts[1].updated_at',
    },
  ],
  format: 'ghost',
  pointer: 'db[0].data.posts[1]',
  originalId: '9b7114425bee6e3b17baf7c0',
  sourceUrl: 'https://example.org/firms-share/',
  sourceModifiedAt: '2021-03-04T09:00:00.000Z',
  residue: [{_key: 'z1', _type: 'residue', pointer: 'posts[1].feature', text: 'true'}],
  earlierCaptures: [
    {
      _key: 'c1',
      _type: 'capture',
      file: 'earlier.txt',
      checksum: 'a'.repeat(64),
      capturedOn: '2021-02-13',
      headline: 'An earlier headline',
    },
  ],
  normalisations: [{_key: 'n9', _type: 'normalisation', line: 9, kind: 'noBreakSpace'}],
  reviewFlags: [
    {
      _key: 'r7',
      _type: 'reviewFlag',
      line: 7,
      code: 'unknownAgency',
      message: 'Who is this?',
      evidence: 'A caption',
      pointer: 'posts[1].html:4',
    },
  ],
}

/** An article that uses every field and every kind of block. */
const article: TestDocument = {
  _id: 'article-one',
  _type: 'article',
  headline: 'Two firms agree to share a launch site',
  slug: slug('two-firms-share-a-launch-site'),
  articleType: 'sponsored',
  sponsor: ref('credit-publisher'),
  byline: [
    {_key: 'b1', _type: 'bylineEntry', author: ref('author-one'), role: 'writer'},
    {_key: 'b2', _type: 'bylineEntry', author: ref('author-one'), role: 'photographer'},
  ],
  firstPublishedAt: '2021-02-14T12:31:00.000Z',
  section: ref('topic-section'),
  standfirst: 'They will take turns on the pad.',
  shortHeadline: 'Firms share a pad',
  kicker: 'Space',
  leadMedia: figure,
  body: [
    paragraph('p1', 'The two firms will take turns.'),
    paragraph('h2', 'How it came about', 'h2'),
    paragraph('h3', 'The first talks', 'h3'),
    marked('p2', 'as a magazine reported', {
      _type: 'attribution',
      credit: ref('credit-publisher'),
    }),
    marked('p3', '‘Help would be TK appreciated’', {_type: 'quotation', ...quote}),
    marked('p4', 'the announcement', {_type: 'link', href: 'https://example.org/announcement'}),
    marked('p5', 'as we reported', {_type: 'internalLink', to: ref('article-two')}),
    listed('f1', figure),
    {_key: 'q1', _type: 'pullQuote', text: 'Help would be appreciated', ...quote},
    {
      _key: 's1',
      _type: 'socialPost',
      provider: 'x',
      url: 'https://example.org/post/1',
      text: 'We are going.',
      authorName: 'The chief',
      postedAt: '2021-02-13T09:00:00.000Z',
    },
    {_key: 'v1', _type: 'video', provider: 'youtube', ...recording},
    {_key: 'a1', _type: 'audio', provider: 'spotify', ...recording},
    {
      _key: 'y1',
      _type: 'archivedBlock',
      kind: 'quiz',
      text: 'How old is the pad?',
      source: '<quiz>How old is the pad?</quiz>',
      pointer: 'posts[1].html:10',
    },
    {
      _key: 'w1',
      _type: 'table',
      caption: 'Launches by year',
      rows: [
        {_key: 'w1r1', _type: 'tableRow', cells: ['Year', 'Launches'], heading: true},
        {_key: 'w1r2', _type: 'tableRow', cells: ['2020', '12']},
      ],
    },
    {_key: 'g1', _type: 'gallery', pictures: [listed('g1f1', figure)], caption: 'The pad'},
    {_key: 'x1', _type: 'factBox', title: 'The pad', body: [paragraph('x1p1', 'Built in 1967.')]},
  ],
  updatedAt: '2021-02-16T08:00:00.000Z',
  embargoUntil: '2021-02-14T13:00:00.000Z',
  expiresAt: '2031-02-14T12:31:00.000Z',
  dateline: {_type: 'dateline', text: 'LONDON', place: ref('topic-place')},
  topics: [listed('t1', ref('topic-section')), listed('t2', ref('topic-person'))],
  relatedArticles: [listed('r1', {...ref('article-two'), _weak: true})],
  credits: [
    creditLine('c1', 'credit-publisher', 'source', 1),
    creditLine('c2', 'credit-work', 'source'),
    creditLine('c3', 'credit-agency', 'data', 2),
  ],
  corrections: [
    {
      _key: 'k1',
      _type: 'correction',
      kind: 'retraction',
      text: 'The site was not agreed.',
      madeAt: '2021-02-15T10:00:00.000Z',
      show: 'top',
    },
  ],
  pubStatus: 'retracted',
  seo: {
    _type: 'seo',
    title: 'Firms share a pad',
    description: 'They will take turns.',
    noIndex: false,
    canonicalUrl: 'https://example.org/original',
  },
  social: {_type: 'social', title: 'One pad, two firms', description: 'Turns.', image: figure},
  rights: {
    _type: 'rights',
    holder: ref('credit-publisher'),
    notice: '© 2021 The Publisher',
    terms: 'Ask first.',
    maySyndicate: false,
  },
  access: 'registered',
  language: 'en-GB',
  previousSlugs: [
    {_key: 'o1', _type: 'previousSlug', slug: 'firms-talk', retiredAt: '2021-02-14T12:40:00.000Z'},
  ],
  formerAddresses: ['/2021/02/firms-share/', '/?p=12'],
  deskNotes: 'TK: ask the port authority',
  assignee: 'ada',
  workflow: 'legal',
  provenance,
}

/** Another article, with a current and an old address. */
const otherArticle: TestDocument = {
  ...article,
  _id: 'article-two',
  headline: 'Port authority seeks a tenant',
  slug: slug('port-seeks-tenant'),
  relatedArticles: [],
  previousSlugs: [
    {
      _key: 'o1',
      _type: 'previousSlug',
      slug: 'port-is-empty',
      retiredAt: '2021-02-01T09:00:00.000Z',
    },
  ],
}

const author: TestDocument = {
  _id: 'author-one',
  _type: 'author',
  name: 'Ada Reporter',
  slug: slug('ada-reporter'),
  kind: 'person',
  jobTitle: 'Space correspondent',
  affiliation: ref('credit-publisher'),
  shortBio: 'Ada writes about space.',
  bio: 'Ada has written about space since the first launch.',
  portrait: figure,
  profiles: ['https://example.org/ada'],
  email: 'ada@example.org',
  active: true,
}

const topic = (_id: string, kind: string, name: string, fields: object = {}): TestDocument => ({
  _id,
  _type: 'topic',
  name,
  slug: slug(_id.replace('topic-', '')),
  kind,
  ...fields,
})

const credit = (_id: string, kind: string, name: string, fields: object = {}): TestDocument => ({
  _id,
  _type: 'credit',
  kind,
  name,
  ...fields,
})

const externalId = (scheme: string, value: string) => ({
  _key: scheme,
  _type: 'externalId',
  scheme,
  value,
})

/** Every document of the newsroom; the image asset is here as a plain document. */
export const newsroomDocuments: readonly TestDocument[] = [
  article,
  otherArticle,
  {
    _id: 'drafts.article-three',
    _type: 'article',
    headline: 'A story not yet out',
    slug: slug('address-of-a-draft'),
  },
  author,
  {...author, _id: 'author-two', name: 'Bo Writer', slug: slug('bo-writer')},
  topic('topic-section', 'section', 'News'),
  topic('topic-person', 'person', 'The Chief', {
    parent: ref('topic-group'),
    description: 'Chief of one of the firms.',
    aliases: ['The Boss'],
    externalIds: [
      externalId('wikidata', 'Q317521'),
      externalId('iptc', 'medtop:04000000'),
      externalId('iso3166-1', 'GB'),
    ],
  }),
  topic('topic-group', 'organisation', 'The Firm', {parent: ref('topic-section')}),
  topic('topic-place', 'place', 'London', {externalIds: [externalId('wikidata', 'Q84')]}),
  topic('topic-old', 'subject', 'Rockets', {mergedInto: ref('topic-person')}),
  credit('credit-publisher', 'publisher', 'Popular Mechanics', {
    url: 'https://example.org',
    language: 'en',
    creditText: 'Courtesy of Popular Mechanics',
  }),
  credit('credit-agency', 'agency', 'PA Images'),
  credit('credit-work', 'work', 'A pad for two', {
    publisher: ref('credit-publisher'),
    url: 'https://example.org/a-pad-for-two',
    publishedOn: '2021-02-12',
  }),
  {
    _id: 'mostRead-one',
    _type: 'mostRead',
    capturedOn: '2021-02-14',
    publisher: ref('credit-publisher'),
    items: [
      {
        _key: 'i1',
        _type: 'mostReadItem',
        headline: 'A story elsewhere',
        categoryLabel: 'Life',
        article: {...ref('article-two'), _weak: true},
        url: 'https://example.org/elsewhere',
      },
    ],
    provenance,
  },
  {
    _id: 'siteSettings',
    _type: 'siteSettings',
    publicationName: 'The Daily Copy',
    baseUrl: 'https://daily.example.org',
    language: 'en-GB',
    timeZone: 'Europe/London',
    publisher: ref('credit-publisher'),
  },
  {_id: image, _type: 'sanity.imageAsset', originalFilename: 'IMG_2041.jpg'},
]
