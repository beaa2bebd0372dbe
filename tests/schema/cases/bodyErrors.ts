import type {Case} from '../case.ts'

const block = (key: string, change: Omit<Case, 'document' | 'at'> & {field: string}): Case => {
  const {field, set, unset, says} = change
  const path = `body[_key=="${key}"]`
  return {
    document: 'article-one',
    set: Object.fromEntries(
      Object.entries(set ?? {}).map(([name, value]) => [`${path}.${name}`, value]),
    ),
    unset: unset?.map((name) => `${path}.${name}`),
    at: `${path}.${field}`,
    says,
  }
}

const mark = (key: string, name: string, value: unknown, says: string): Case => {
  const path = `body[_key=="${key}"].markDefs[_key=="${key}-m"].${name}`
  const change = value === undefined ? {unset: [path]} : {set: {[path]: value}}
  return {document: 'article-one', ...change, at: path, says}
}

const recordingAddress = 'Paste the full address of the recording, starting with https://'
const original = 'Write the full address of the original, starting with https://'
const language = 'Write a language code, such as “en”, “en-GB” or “zh-Hant-TW”.'

/** What stops an article in the marks and blocks of its story. */
export const bodyErrors: readonly Case[] = [
  mark(
    'p2',
    'credit',
    undefined,
    'Choose the source that these words name, or remove the highlight.',
  ),
  mark('p3', 'originalLanguage', 'Russian', language),
  mark('p3', 'sourceUrl', 'example.org/post', original),
  mark('p4', 'href', undefined, 'Write the address of the link, or remove the link.'),
  mark('p4', 'href', '/story', 'Write a full address: https://…, mailto:… or tel:…'),
  mark('p4', 'href', 'javascript:alert(1)', 'Write a full address: https://…, mailto:… or tel:…'),
  mark('p5', 'to', undefined, 'Choose the page, or remove the link.'),
  block('q1', {
    unset: ['text'],
    field: 'text',
    says: 'Write the quote, or remove it.',
  }),
  block('q1', {set: {originalLanguage: 'RU'}, field: 'originalLanguage', says: language}),
  block('q1', {set: {sourceUrl: 'ftp://example.org'}, field: 'sourceUrl', says: original}),
  block('s1', {
    unset: ['provider'],
    field: 'provider',
    says: 'Choose the network the post is on.',
  }),
  block('s1', {
    unset: ['url'],
    field: 'url',
    says: 'Paste the full address of the post, starting with https://',
  }),
  block('v1', {set: {provider: 'vhs'}, field: 'provider', says: 'Choose who plays the video.'}),
  block('v1', {unset: ['url'], field: 'url', says: recordingAddress}),
  block('v1', {
    unset: ['title'],
    field: 'title',
    says: 'Say in a few words what is seen or heard.',
  }),
  block('a1', {
    unset: ['provider'],
    field: 'provider',
    says: 'Choose who plays the recording.',
  }),
  block('a1', {set: {url: 'example'}, field: 'url', says: recordingAddress}),
  block('a1', {
    unset: ['title'],
    field: 'title',
    says: 'Say in a few words what is seen or heard.',
  }),
  block('w1', {set: {rows: []}, field: 'rows', says: 'Add a row, or remove the table.'}),
  block('w1', {
    set: {'rows[0].cells': []},
    field: 'rows[_key=="w1r1"].cells',
    says: 'Write the cells of the row.',
  }),
  block('g1', {
    set: {pictures: []},
    field: 'pictures',
    says: 'Add a picture, or remove the gallery.',
  }),
  block('y1', {unset: ['kind'], field: 'kind', says: 'An archived block names its kind.'}),
  block('y1', {unset: ['source'], field: 'source', says: 'An archived block keeps its source.'}),
  block('x1', {unset: ['title'], field: 'title', says: 'Give the fact box a title.'}),
  block('x1', {set: {body: []}, field: 'body', says: 'Write the facts, or remove the box.'}),
]
