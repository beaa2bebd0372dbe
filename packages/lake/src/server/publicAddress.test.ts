import {expect, test} from 'vitest'

import {publicAddress} from './publicAddress.ts'

test('a proxy’s address gives the hosts and origins of clients with and without the project', () => {
  const both = {
    hosts: ['news.example', 'copydesk.news.example'],
    origins: ['https://news.example:8443', 'https://copydesk.news.example:8443'],
  }
  for (const name of ['news.example', 'copydesk.news.example', 'News.Example']) {
    expect(publicAddress(`https://${name}:8443/`, 'copydesk')).toEqual({
      url: `https://${name.toLowerCase()}:8443`,
      ...both,
    })
  }
})

test.each([
  'news.example',
  'https://news.example/lake',
  'https://news.example/?a',
  'https://user:secret@news.example',
  'ftp://news.example',
  '',
])('refuses %j', (text) => {
  expect(() => publicAddress(text, 'copydesk')).toThrow('--url must be a web address')
})
