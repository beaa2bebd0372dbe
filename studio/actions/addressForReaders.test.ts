import {expect, test} from 'vitest'

import {addressForReaders} from './addressForReaders.ts'

const story = {slug: {_type: 'slug', current: 'ferry-returns'}}

test.each([
  ['on a laptop', 'http://copydesk.localhost:3334', true, 'https://news.example'],
  ['without an address in the settings', 'http://copydesk.localhost:3334', false, undefined],
])('%s, the site that the Studio previews', (_, previewed, isLocal, inSettings) => {
  expect(addressForReaders('article', story, {previewed, isLocal, inSettings})).toBe(
    'http://copydesk.localhost:3334/news/ferry-returns',
  )
})

test('else the site in the settings', () => {
  const sites = {
    previewed: 'https://preview.example',
    isLocal: false,
    inSettings: 'https://news.example',
  }
  expect(addressForReaders('topic', story, sites)).toBe('https://news.example/topics/ferry-returns')
})

test('nothing without a site or a web address', () => {
  const none = {previewed: undefined, isLocal: false, inSettings: undefined}
  expect(addressForReaders('article', story, none)).toBeUndefined()
  expect(
    addressForReaders('article', {}, {...none, inSettings: 'https://news.example'}),
  ).toBeUndefined()
})
