/** What stops an author, a topic, a credit, a most-read list and the settings from being published. */
import type {Case} from '../case.ts'

const author = {document: 'author-one'}
const topic = {document: 'topic-person'}
const work = {document: 'credit-work'}
const mostRead = {document: 'mostRead-one'}
const settings = {document: 'siteSettings'}

const slug = (current: string) => ({_type: 'slug', current})
const slugFormat =
  'Use only a–z, 0–9 and single hyphens in the web address, as in “musk-invites-putin”.'
const language = 'Write a language code, such as “en”, “en-GB” or “zh-Hant-TW”.'

export const otherErrors: readonly Case[] = [
  {
    ...author,
    unset: ['name'],
    at: 'name',
    says: 'Write the name as it should appear in the byline.',
  },
  {
    ...author,
    unset: ['slug'],
    at: 'slug',
    says: 'Generate the web address from the name, or write one.',
    platformSays: ['Required'],
  },
  {...author, set: {slug: slug('ada--reporter')}, at: 'slug', says: slugFormat},
  {
    ...author,
    set: {slug: slug('bo-writer')},
    at: 'slug',
    says: 'Choose another web address: “Bo Writer” has this one.',
  },
  {...author, set: {kind: 'robot'}, at: 'kind', says: 'Choose person, desk or agency.'},
  {
    ...author,
    set: {profiles: ['https://example.org/ada', 'https://example.org/ada']},
    at: 'profiles[0]',
    says: 'This profile is in the list twice: remove one.',
  },
  {
    ...author,
    set: {profiles: ['http://example.org/ada']},
    at: 'profiles[0]',
    says: 'Write the full address of the profile, starting with https://',
  },
  {
    ...author,
    set: {email: 'ada at example'},
    at: 'email',
    says: 'Write a full e-mail address, such as name@host.org.',
  },
  {...topic, unset: ['name'], at: 'name', says: 'Write the name of the topic.'},
  {
    ...topic,
    unset: ['slug'],
    at: 'slug',
    says: 'Generate the web address from the name, or write one.',
    platformSays: ['Required'],
  },
  {...topic, set: {slug: slug('-person')}, at: 'slug', says: slugFormat},
  {
    ...topic,
    set: {slug: slug('place')},
    at: 'slug',
    says: 'Choose another web address: “London” has this one.',
  },
  {...topic, unset: ['kind'], at: 'kind', says: 'Choose what kind of topic this is.'},
  {
    ...topic,
    set: {'parent._ref': 'topic-person'},
    at: 'parent',
    says: 'Choose another topic: that one is itself part of this one.',
  },
  {
    document: 'topic-section',
    set: {parent: {_type: 'reference', _ref: 'topic-person'}},
    at: 'parent',
    says: 'Choose another topic: that one is itself part of this one.',
  },
  {
    ...topic,
    set: {aliases: ['The Boss', 'The Boss']},
    at: 'aliases[0]',
    says: 'This name is in the list twice: remove one.',
  },
  {
    ...topic,
    set: {'externalIds[0].scheme': 'imdb'},
    at: 'externalIds[_key=="wikidata"].scheme',
    says: 'Choose whose ID this is.',
  },
  {
    ...topic,
    unset: ['externalIds[0].value'],
    at: 'externalIds[_key=="wikidata"].value',
    says: 'Write the ID, or remove this entry.',
  },
  {
    ...topic,
    set: {'externalIds[0].value': 'Q0'},
    at: 'externalIds[_key=="wikidata"].value',
    says: 'Write a Wikidata ID, such as “Q317521”.',
  },
  {
    ...topic,
    set: {'externalIds[1].value': '04000000'},
    at: 'externalIds[_key=="iptc"].value',
    says: 'Write an IPTC Media Topic, such as “medtop:04000000”.',
  },
  {
    ...topic,
    set: {'externalIds[2].value': 'UK1'},
    at: 'externalIds[_key=="iso3166-1"].value',
    says: 'Write a two-letter country code, such as “GB”.',
  },
  {
    ...topic,
    set: {mergedInto: {_type: 'reference', _ref: 'topic-person'}},
    at: 'mergedInto',
    says: 'Choose another topic to keep, not this one, or clear the field.',
  },
  {...work, unset: ['kind', 'publisher'], at: 'kind', says: 'Choose what kind of credit this is.'},
  {...work, unset: ['name'], at: 'name', says: 'Write the name or title exactly as they write it.'},
  {...work, unset: ['publisher'], at: 'publisher', says: 'Choose the publisher of this work.'},
  {
    ...work,
    set: {url: 'example.org/work'},
    at: 'url',
    says: 'Write the full address, starting with https://',
  },
  {...work, set: {language: 'English'}, at: 'language', says: language},
  {
    ...mostRead,
    unset: ['capturedOn'],
    at: 'capturedOn',
    says: 'Set the date of the list.',
  },
  {...mostRead, set: {items: []}, at: 'items', says: 'Add at least one story to the list.'},
  {
    ...mostRead,
    unset: ['items[0].headline'],
    at: 'items[_key=="i1"].headline',
    says: 'Write the headline as it was in the list.',
  },
  {
    ...mostRead,
    set: {'items[0].url': 'elsewhere'},
    at: 'items[_key=="i1"].url',
    says: 'Write the full address of the story, starting with https://',
  },
  {
    ...settings,
    unset: ['publicationName'],
    at: 'publicationName',
    says: 'Write the name of the publication.',
  },
  {
    ...settings,
    set: {baseUrl: 'daily.example.org'},
    at: 'baseUrl',
    says: 'Write the full address of the site, starting with https://',
  },
  {
    ...settings,
    unset: ['language'],
    at: 'language',
    says: 'Choose the language of the publication.',
  },
  {...settings, set: {language: 'english'}, at: 'language', says: language},
  {
    ...settings,
    unset: ['timeZone'],
    at: 'timeZone',
    says: 'Choose the time zone of the newsroom.',
  },
  {
    ...settings,
    set: {timeZone: 'BST'},
    at: 'timeZone',
    says: 'Write a time zone by its city, such as “Europe/London”.',
  },
  {
    ...settings,
    unset: ['publisher'],
    at: 'publisher',
    says: 'Choose the publisher of the site.',
  },
]
