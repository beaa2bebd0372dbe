/** A story for each state in which readers can find one, or not find it. */
import type {Article} from '../../seed/model/seedDocument.ts'
import {
  byline,
  creditLine,
  figure,
  keyed,
  paragraphs,
  ref,
  refs,
  said,
  type Setting,
  type Story,
  story,
  text,
} from '../parts.ts'

type Correction = NonNullable<Article['corrections']>[number]

const correction = (
  kind: Correction['kind'],
  show: Correction['show'],
  madeAt: string,
  words: string,
) => ({_type: 'correction' as const, kind, show, madeAt, text: words})

/** For subscribers, and corrected above, below and only in the list of corrections. */
const tideTables = (setting: Setting): Story =>
  story('tide-tables', {
    headline: 'The tide tables were wrong for a week',
    standfirst: 'A misprint put high water an hour early. Three boats found out the slow way.',
    articleType: 'explainer',
    access: 'subscriber',
    section: ref('topic-harbour'),
    topics: refs('topic-weather', 'topic-lower-quay', 'topic-ferries'),
    firstPublishedAt: setting.ago(30),
    updatedAt: setting.ago(6),
    leadMedia: figure(setting, 'panorama', {
      alt: 'The whole bay with the lighthouse and two ferries',
    }),
    body: paragraphs(
      'For seven days the tables on the harbour wall gave the times of another town.',
      'The Tide Office says that a column slipped when the sheet was printed.',
      'No one was hurt. Two yachts and a dredger lay on the mud until the water came back.',
      'The new sheet is yellow: the two can no longer be confused.',
    ),
    credits: keyed([creditLine('credit-tide-office', 'data')]),
    corrections: keyed([
      correction(
        'correction',
        'top',
        setting.ago(6),
        'An earlier version said that five boats ran aground. There were three.',
      ),
      correction(
        'clarification',
        'end',
        setting.ago(20),
        'The Tide Office prints the sheet; it does not hang it up.',
      ),
      correction('editorsNote', 'listOnly', setting.ago(24), 'The picture was replaced.'),
    ]),
  })

/** At its third address, and for registered readers. */
const lighthouseForSale = (setting: Setting): Story =>
  story('lighthouse-for-sale', {
    headline: 'Lighthouse for sale: one careful owner, 212 steps',
    standfirst: 'The light stays on. The buyer gets the kitchen, the stairs and the fog.',
    access: 'registered',
    section: ref('topic-town'),
    topics: refs('topic-lighthouse', 'topic-lower-quay'),
    firstPublishedAt: setting.ago(50),
    previousSlugs: keyed([
      {_type: 'previousSlug', slug: 'old-light-on-the-market', retiredAt: setting.ago(49)},
      {_type: 'previousSlug', slug: 'lighthouse-to-be-sold', retiredAt: setting.ago(48)},
    ]),
    formerAddresses: ['/2024/lighthouse.html', '/?p=1871'],
    leadMedia: figure(setting, 'lighthouse', {
      alt: 'A red and white lighthouse above the rocks at dusk',
      caption: 'Not included: the sea.',
    }),
    body: paragraphs(
      'The Harbour Company wants to sell the keeper’s rooms below the light.',
      'The light has worked by itself since 1987, and a technician visits twice a year.',
      'Viewings are on dry Sundays, which the company expects in spring.',
    ),
  })

/** Taken back: its address says why, and nothing links to it. */
const mayorsParrot = (setting: Setting): Story =>
  story('mayors-parrot', {
    headline: 'Mayor’s parrot elected to council',
    articleType: 'satire',
    section: ref('topic-town'),
    topics: refs('topic-lower-quay'),
    firstPublishedAt: setting.ago(70),
    updatedAt: setting.ago(60),
    pubStatus: 'retracted',
    body: paragraphs('The vote was unanimous, and so was the parrot.'),
    corrections: keyed([
      correction(
        'retraction',
        'top',
        setting.ago(60),
        'This story was invented. The parrot did not stand. We regret that we printed it as news.',
      ),
    ]),
  })

/** Published already, and seen by nobody before tomorrow. */
const budgetVote = (setting: Setting): Story =>
  story('budget-vote', {
    headline: 'Council votes for a smaller clock and a larger library',
    articleType: 'analysis',
    section: ref('topic-town'),
    topics: refs('topic-lower-quay'),
    firstPublishedAt: setting.ago(1),
    embargoUntil: setting.ahead(24),
    leadMedia: figure(setting, 'townHall', {alt: 'The town hall with its clock'}),
    body: paragraphs(
      'The library will open on Sundays; the clock will lose a hand.',
      'Nine members voted for the budget and six against it.',
    ),
  })

/** Live: updated three times, with an update in the list of corrections for each. */
const stormEdda = (setting: Setting): Story =>
  story('storm-edda', {
    kicker: 'Live',
    headline: 'Storm Edda: ferry stays in port, market moves indoors',
    standfirst: 'Gusts of 60 miles an hour are expected until midnight.',
    byline: byline('author-town-desk'),
    bylineText: 'By our reporters on both quays',
    section: ref('topic-harbour'),
    topics: refs('topic-storm-edda', 'topic-weather', 'topic-ferries'),
    firstPublishedAt: setting.ago(9),
    updatedAt: setting.ago(1),
    leadMedia: figure(setting, 'storm', {
      alt: 'High waves and rain before a lighthouse',
      caption: 'The outer harbour at six o’clock.',
    }),
    body: [
      text('19.10: Roof of the fish hall holds', {style: 'h2'}),
      ...paragraphs('The fire brigade has tied it down with the ferry’s spare rope.'),
      text('17.40: Market moves into the church', {style: 'h2'}),
      text([
        said('“There is room for everybody but the tuba,”', 'topic-ida-marsh', {
          medium: 'radio',
        }),
        ' the harbour master said.',
      ]),
      text('15.00: Ferry stays in port', {style: 'h2'}),
      ...paragraphs('The Heron will sail again when the wind drops below force seven.'),
    ],
    corrections: keyed([
      correction('update', 'end', setting.ago(6), 'Added that the ferry stays in port.'),
      correction('update', 'end', setting.ago(3), 'Added that the market has moved.'),
      correction('update', 'end', setting.ago(1), 'Added the roof of the fish hall.'),
    ]),
  })

/** Somebody paid for it, and it is a copy that search engines should not list. */
const bakersMorning = (setting: Setting): Story =>
  story('bakers-morning', {
    headline: 'A baker’s morning begins at two',
    articleType: 'sponsored',
    sponsor: ref('credit-marsh-bakery'),
    section: ref('topic-town'),
    topics: refs('topic-lower-quay'),
    firstPublishedAt: setting.ago(90),
    leadMedia: figure(setting, 'townHall', {alt: 'Empty streets around the town hall'}),
    body: paragraphs(
      'While the town sleeps, four ovens on Rope Street are already warm.',
      'Marsh & Daughters bakes eleven kinds of bread, and one kind of silence.',
    ),
    seo: {
      _type: 'seo',
      noIndex: true,
      canonicalUrl: 'https://bakery.example/a-bakers-morning',
    },
  })

/** Gone since yesterday. */
const regattaTickets = (setting: Setting): Story =>
  story('regatta-tickets', {
    headline: 'Win two seats at the regatta',
    section: ref('topic-harbour'),
    topics: refs('topic-lower-quay'),
    firstPublishedAt: setting.ago(200),
    expiresAt: setting.ago(24),
    body: paragraphs('Send a postcard with the name of your favourite buoy.'),
  })

/** By an agency, with its own terms: partners may not have the text. */
const dredgers = (setting: Setting): Story =>
  story('why-harbours-need-dredgers', {
    headline: 'Why harbours need dredgers',
    articleType: 'opinion',
    bylinePrefix: 'As told to',
    byline: byline('author-otto-brandt', 'author-coast-news'),
    section: ref('topic-opinion'),
    topics: refs('topic-lower-quay', 'topic-harbour-company'),
    firstPublishedAt: setting.ago(120),
    body: paragraphs(
      'Mud is patient. Look away for ten years, and you own a meadow.',
      'A harbour is a promise to keep digging.',
    ),
    rights: {
      _type: 'rights',
      holder: ref('credit-coast-news'),
      notice: '© Coast News',
      maySyndicate: false,
    },
  })

/** The stories whose state is what they are for. */
export const states = (setting: Setting): Story[] =>
  [
    tideTables,
    lighthouseForSale,
    mayorsParrot,
    budgetVote,
    stormEdda,
    bakersMorning,
    regattaTickets,
    dredgers,
  ].map((make) => make(setting))
