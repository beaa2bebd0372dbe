/** Who and what the demo's stories refer to: topics, authors, credits, and the newspaper itself. */
import type {SeedDocument} from '../seed/model/seedDocument.ts'
import {figure, keyed, ref, slug, type Setting, weakRefs} from './parts.ts'

type OfType<Type extends SeedDocument['_type']> = Extract<SeedDocument, {_type: Type}>

const topic = (
  name: string,
  words: string,
  kind: OfType<'topic'>['kind'],
  fields: Partial<OfType<'topic'>> = {},
): OfType<'topic'> => ({
  _id: `topic-${name}`,
  _type: 'topic',
  name: words,
  slug: slug(name),
  kind,
  ...fields,
})

const topics = [
  topic('harbour', 'Harbour', 'section', {
    description: 'Ships, tides and the people of the quays.',
  }),
  topic('town', 'Town', 'section', {description: 'The council, the streets and the market.'}),
  topic('opinion', 'Opinion', 'section'),
  topic('weather', 'Weather', 'subject', {
    parent: ref('topic-harbour'),
    externalIds: keyed([{_type: 'externalId', scheme: 'iptc', value: 'medtop:17000000'}]),
  }),
  topic('ferries', 'Ferries', 'subject', {
    parent: ref('topic-harbour'),
    description: 'The boats between Lower Quay and Upper Quay.',
    aliases: ['Ferry', 'Crossing'],
  }),
  topic('boats', 'Boats', 'subject', {mergedInto: ref('topic-ferries')}),
  topic('lower-quay', 'Lower Quay', 'place', {aliases: ['The Quay']}),
  topic('ida-marsh', 'Ida Marsh', 'person', {
    description: 'Harbour master of Lower Quay for eleven years.',
  }),
  topic('harbour-company', 'Harbour Company', 'organisation'),
  topic('lighthouse', 'Lighthouse', 'place', {parent: ref('topic-lower-quay')}),
  topic('storm-edda', 'Storm Edda', 'event'),
  topic('night-market', 'Night market', 'event', {parent: ref('topic-town')}),
]

const author = (
  name: string,
  words: string,
  fields: Partial<OfType<'author'>> = {},
): OfType<'author'> => ({
  _id: `author-${name}`,
  _type: 'author',
  name: words,
  slug: slug(name),
  kind: 'person',
  active: true,
  ...fields,
})

const authors = (setting: Setting) => [
  author('mara-finch', 'Mara Finch', {
    jobTitle: 'Harbour reporter',
    shortBio: 'Mara Finch writes about ships, tides and the people who wait for both.',
    bio: 'Mara Finch grew up above the chandler’s shop on Rope Street.\n\nShe has written about the harbour since the old ferry broke down, and was on the quay when the new one came.',
    portrait: figure(setting, 'portrait', {alt: 'Mara Finch in a blue jacket'}),
    profiles: ['https://social.example/@marafinch'],
  }),
  author('tom-hale', 'Tom Hale', {jobTitle: 'Photographer'}),
  author('town-desk', 'Town desk', {kind: 'desk'}),
  author('coast-news', 'Coast News', {kind: 'agency'}),
  author('leila-haddad', 'ليلى حداد', {jobTitle: 'مراسلة'}),
  author('kenji-mori', '森 健司'),
  author('otto-brandt', 'Otto Brandt', {
    active: false,
    shortBio: 'Edited this newspaper until 2019.',
  }),
]

const credit = (
  name: string,
  kind: OfType<'credit'>['kind'],
  words: string,
  fields: Partial<OfType<'credit'>> = {},
): OfType<'credit'> => ({_id: `credit-${name}`, _type: 'credit', kind, name: words, ...fields})

const credits = ({assetOf}: Setting) => [
  credit('lower-quay-gazette', 'publisher', 'Lower Quay Gazette', {
    url: 'https://lower-quay.example',
    logo: {_type: 'image', asset: ref(assetOf('anchor'))},
  }),
  credit('quay-drawings', 'agency', 'Quay Drawings', {creditText: 'Drawing: Quay Drawings'}),
  credit('coast-news', 'agency', 'Coast News', {url: 'https://coast-news.example'}),
  credit('coast-press', 'publisher', 'Coast Press', {url: 'https://coast-press.example'}),
  credit('almanac', 'work', 'A Hundred Years of Crossings', {
    publisher: ref('credit-coast-press'),
    url: 'https://coast-press.example/crossings',
    publishedOn: '2024-05-02',
    language: 'en-GB',
  }),
  credit('tide-office', 'dataset', 'Tide Office: heights at Lower Quay', {
    url: 'https://tides.example/lower-quay',
  }),
  credit('harbour-office', 'organisation', 'Harbour Office'),
  credit('marsh-bakery', 'organisation', 'Marsh & Daughters Bakery', {
    url: 'https://bakery.example',
  }),
]

const settings: OfType<'siteSettings'> = {
  _id: 'siteSettings',
  _type: 'siteSettings',
  publicationName: 'Lower Quay Gazette',
  baseUrl: 'https://lower-quay.example',
  language: 'en-GB',
  timeZone: 'Europe/London',
  publisher: ref('credit-lower-quay-gazette'),
}

const line = (headline: string, fields: object = {}) => ({
  _type: 'mostReadItem' as const,
  headline,
  ...fields,
})

/** A line of the list for each way in which it can lead to a story, or to none. */
const mostRead = ({ago}: Setting): OfType<'mostRead'> => {
  const [ferry, parrot] = weakRefs('article-ferry-returns', 'article-mayors-parrot')
  return {
    _id: 'most-read-today',
    _type: 'mostRead',
    capturedOn: ago(0).slice(0, 10),
    items: keyed([
      line('Ferry returns after ten years', {article: ferry, categoryLabel: 'Harbour'}),
      line('How other harbours keep their ferries', {
        url: 'https://coast-news.example/ferries',
        categoryLabel: 'Coast News',
      }),
      line('Mayor’s parrot elected to council', {article: parrot}),
      line('The last lamplighter of Rope Street'),
    ]),
  }
}

/** Everything that is not a story. */
export const names = (setting: Setting): SeedDocument[] => [
  ...topics,
  ...authors(setting),
  ...credits(setting),
  settings,
  mostRead(setting),
]
