/** A story with every block, style and mark of the schema, as a query answers it. */
import type {BlockAnswer, CreditLineAnswer, StoryAnswer} from '../../front/view/answers.ts'
import type {ViewContext} from '../../front/view/context.ts'

export const context: ViewContext = {
  language: 'en-GB',
  timeZone: 'Europe/London',
  imageBase: 'https://site.example/images/copydesk/production',
}

type Text = Extract<BlockAnswer, {_type: 'block'}>

/** A text block; `marks` of a span are names of emphasis or keys of `markDefs`. */
export const text = (
  key: string,
  spans: readonly (string | readonly [text: string, ...marks: string[]])[],
  fields: Partial<Pick<Text, 'style' | 'listItem' | 'level' | 'markDefs'>> = {},
): Text => ({
  _type: 'block',
  _key: key,
  style: 'normal',
  markDefs: [],
  ...fields,
  children: spans.map((span, index) => {
    const [words, ...marks] = typeof span === 'string' ? [span] : span
    return {_type: 'span', _key: `${key}-${index}`, text: words, marks}
  }),
})

const agency: CreditLineAnswer = {
  _key: 'a',
  role: 'agency',
  text: 'Quay Pictures',
  credit: {_id: 'credit-quay', name: 'Quay Pictures', url: null},
}

const paper: CreditLineAnswer = {
  _key: 'p',
  role: 'source',
  number: 1,
  text: 'Harbour Gazette',
  credit: {_id: 'credit-gazette', name: 'Harbour Gazette', url: 'https://gazette.example/?a=1&b=2'},
}

const asset = {_type: 'reference' as const, _ref: 'image-0123456789abcdef-2400x1600-jpg'}

export const blocks: readonly BlockAnswer[] = [
  text('p1', ['The ferry ', ['returned', 'strong'], ' & docked.\nAt noon.']),
  text('empty', ['  ']),
  text('h2', ['Timetable'], {style: 'h2'}),
  text('h3', ['On weekdays'], {style: 'h3'}),
  text('bq', ['“Quoted” at length'], {style: 'blockquote'}),
  text('b1', ['First'], {listItem: 'bullet', level: 1}),
  text('b2', ['Second'], {listItem: 'bullet', level: 2}),
  text('n1', ['One'], {listItem: 'number', level: 1}),
  text('marks', [
    ['em', 'em'],
    ['u', 'underline'],
    ['s', 'strike-through'],
    ['code', 'code'],
    ['sub', 'sub'],
    ['sup', 'sup'],
    ['both', 'em', 'strong'],
    ['odd', 'unheard-of'],
  ]),
  text(
    'links',
    [
      ['out', 'l'],
      ['story', 'i'],
      ['gone', 'g'],
      ['source', 's'],
      ['said', 'q'],
      ['evil', 'x'],
      ['two links', 's', 'l', 'i'],
    ],
    {
      markDefs: [
        {_type: 'link', _key: 'l', href: 'https://example.org/?a=1&b="2"'},
        {_type: 'internalLink', _key: 'i', to: {_type: 'article', slug: 'ferry-returns'}},
        {_type: 'internalLink', _key: 'g', to: {_type: 'article', slug: null}},
        {_type: 'attribution', _key: 's', credit: paper.credit},
        {_type: 'quotation', _key: 'q', speaker: {name: 'Ada Quay', slug: 'ada-quay'}},
        {_type: 'link', _key: 'x', href: 'java\nscript:alert(1)'},
      ],
    },
  ),
  text('arabic', ['مرحبا hello']),
  {
    _type: 'figure',
    _key: 'f',
    asset,
    alt: 'A ferry at a quay',
    caption: 'The ferry <em>returns</em>',
    credits: [agency],
  },
  {_type: 'figure', _key: 'lost', asset: null, caption: 'A lost picture', credits: [agency]},
  {_type: 'figure', _key: 'none', asset: null},
  {
    _type: 'pullQuote',
    _key: 'pq',
    text: 'We waited.\nThen it came.',
    speaker: {_id: 't', name: 'Ada Quay', slug: 'ada-quay'},
    medium: 'radio',
    originalLanguage: 'ru',
    sourceUrl: 'https://radio.example/1',
  },
  {
    _type: 'socialPost',
    _key: 'sp',
    provider: 'x',
    url: 'https://x.com/a/1',
    text: 'It is here!',
    authorName: 'A. Passenger',
    postedAt: '2026-07-01T10:00:00.000Z',
  },
  {
    _type: 'video',
    _key: 'v',
    provider: 'youtube',
    url: 'https://youtu.be/x',
    title: 'The crossing',
    caption: 'Ten minutes',
    credits: [paper],
    transcript: 'Waves.\n\nA horn.',
  },
  {
    _type: 'audio',
    _key: 'au',
    provider: 'own',
    url: 'https://site.example/horn.mp3',
    title: 'Horn',
  },
  {
    _type: 'factBox',
    _key: 'fb',
    title: 'The ferry',
    body: [text('fact', ['Built in ', ['1962', 'strong']]), text('why', ['Why'], {style: 'h3'})],
  },
  {
    _type: 'table',
    _key: 't',
    caption: 'Departures',
    rows: [
      {_key: 'r0', heading: true, cells: ['From', 'To']},
      {_key: 'r1', cells: ['7 < 8', 'Upper Quay']},
    ],
  },
  {
    _type: 'gallery',
    _key: 'g',
    caption: 'All day',
    pictures: [
      {_key: 'g1', asset, alt: 'Morning'},
      {_key: 'g2', asset, decorative: true, caption: 'Evening'},
    ],
  },
  {_type: 'archivedBlock', _key: 'ar', kind: 'form', text: 'Sign up'},
]

export const story: StoryAnswer = {
  _id: 'article-ferry',
  slug: 'ferry-returns',
  articleType: 'opinion',
  headline: 'Ferry returns & docks',
  shortHeadline: 'Ferry returns',
  standfirst: 'After ten years.',
  summary: 'After ten years.',
  language: 'en-GB',
  access: 'subscriber',
  firstPublishedAt: '2026-07-01T11:00:00.000Z',
  dateModified: '2026-07-02T11:00:00.000Z',
  section: {_id: 'topic-news', name: 'News', kind: 'section', slug: 'news'},
  byline: [
    {_key: '1', role: 'writer', author: {_id: 'a1', name: 'Ada Quay', slug: 'ada-quay'}},
    {_key: '2', role: 'writer', author: {_id: 'a2', name: 'Ben <b>', slug: 'ben'}},
    {_key: '3', role: 'photographer', author: {_id: 'a3', name: '0', slug: null}},
  ],
  leadMedia: {asset, alt: 'A ferry', credits: [agency]},
  dateline: {text: 'LOWER QUAY'},
  body: blocks,
  corrections: [
    {
      _key: 'c1',
      kind: 'correction',
      show: 'top',
      text: 'The ferry is blue.\n\nNot red.',
      madeAt: '2026-07-02T10:00:00.000Z',
    },
    {_key: 'c2', kind: 'update', show: 'end', text: 'Times added.', madeAt: null},
  ],
  credits: [
    paper,
    {_key: 'w', role: 'source', text: 'A hundred years of ferries', credit: {_id: 'credit-work'}},
  ],
  rights: {notice: '© 2026 Lower Quay News'},
  seo: {title: 'Ferry returns', description: 'After "ten" years.', noIndex: false},
  social: {title: 'It is back', image: {asset, alt: 'A ferry'}},
}
