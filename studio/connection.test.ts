import {expect, test} from 'vitest'

import {connectionFrom, isServedByLake, previewSite} from './connection.ts'

const nothing = {projectId: undefined, dataset: undefined, apiHost: undefined, origin: undefined}

test('without a project the Studio uses the lake that serves it', () => {
  expect(connectionFrom({...nothing, origin: 'http://localhost:4000'})).toEqual({
    projectId: 'copydesk',
    dataset: 'production',
    apiHost: 'http://localhost:4000',
  })
})

test('the project’s own host name and the bare one are the same lake', () => {
  expect(connectionFrom({...nothing, origin: 'http://copydesk.localhost:4000'}).apiHost).toBe(
    'http://localhost:4000',
  )
})

test('outside a browser the lake is where npm start puts it', () => {
  expect(connectionFrom(nothing).apiHost).toBe('http://localhost:3333')
})

test('a named project is hosted, wherever the Studio is served from', () => {
  const hosted = connectionFrom({
    ...nothing,
    projectId: 'abc12345',
    dataset: 'staging',
    origin: 'https://desk.example.org',
  })
  expect(hosted).toEqual({projectId: 'abc12345', dataset: 'staging'})
})

test('an explicit API host wins', () => {
  const own = connectionFrom({...nothing, apiHost: 'http://newsroom.lan:3333'})
  expect(own.apiHost).toBe('http://newsroom.lan:3333')
})

test('an API at another origin is not taken for the lake that serves the Studio', () => {
  const origin = 'http://copydesk.localhost:4000'
  expect(isServedByLake(connectionFrom({...nothing, origin}), origin)).toBe(true)
  const own = {...nothing, origin, apiHost: 'http://newsroom.lan:3333'}
  expect(isServedByLake(connectionFrom(own), origin)).toBe(false)
  expect(isServedByLake(connectionFrom({...nothing, projectId: 'abc12345'}), origin)).toBe(false)
  expect(isServedByLake(connectionFrom(nothing), undefined)).toBe(false)
})

test.each([
  ['https://news.example', 'http://localhost:3333', 'https://news.example'],
  [undefined, 'http://localhost:3333', 'http://copydesk.localhost:3334'],
  ['', 'http://localhost:4000', 'http://copydesk.localhost:4001'],
  [undefined, 'https://news.example', undefined],
  [undefined, 'http://192.168.1.5:3333', undefined],
  [undefined, undefined, undefined],
])('the preview site, with %s named and the lake at %s, is %s', (named, apiHost, site) => {
  const connection = {projectId: 'copydesk', dataset: 'production', ...(apiHost && {apiHost})}
  expect(previewSite(named, connection)).toBe(site)
})
