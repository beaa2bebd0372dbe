import {describe, expect, test} from 'vitest'

import {json} from '../exchange/respond.ts'
import {route} from './route.ts'
import {createRouter} from './router.ts'

const handler = () => json(null)
const other = () => json({})
const query = route('GET', '/data/query/:dataset', 'dataset', handler)

const find = createRouter([
  route('GET', '/users/:ids', 'read', handler),
  route('GET', '/users/me', 'signedIn', other),
  route('GET', '/users/me/keyvalue/:keys', 'signedIn', handler),
  route('PUT', '/users/me/keyvalue', 'signedIn', handler),
  route('POST', '/intake/*', 'anyone', handler),
  query,
  route('POST', '/data/query/:dataset', 'dataset', other),
])

describe('a router', () => {
  test('decodes named segments', () => {
    expect(find('GET', '/data/query/a%20b')).toEqual({route: query, path: {dataset: 'a b'}})
    expect(find('POST', '/data/query/x')?.route.handler).toBe(other)
  })

  test('prefers a fixed segment to a name, and goes back when it leads nowhere', () => {
    expect(find('GET', '/users/me')?.route.handler).toBe(other)
    expect(find('GET', '/users/p1,p2')?.path).toEqual({ids: 'p1,p2'})
    expect(find('GET', '/users/me/keyvalue/a')?.path).toEqual({keys: 'a'})
    expect(find('GET', '/users/you/keyvalue/a')).toBeNull()
  })

  test('gives the rest of a path undecoded', () => {
    expect(find('POST', '/intake/batch/%41')?.path).toEqual({'*': 'batch/%41'})
  })

  test('finds nothing for unknown paths, empty segments and half of a path', () => {
    const unknown = ['/', '', '/data', '/data/query', '/data/query/', '/data/query/x/y']
    expect(unknown.filter((path) => find('GET', path) !== null)).toEqual([])
  })

  test('answers HEAD as GET and names the methods that are allowed', () => {
    expect(find('HEAD', '/users/me')?.route.handler).toBe(other)
    expect(() => find('DELETE', '/data/query/x')).toThrow(/use GET or POST/)
  })

  test('a route that depends on the dataset in its path must have one there', () => {
    expect(() => route('GET', '/data/everything', 'dataset', handler)).toThrow(/needs a :dataset/)
  })

  test('refuses broken percent-encoding', () => {
    expect(() => find('GET', '/data/query/%zz')).toThrow(/percent-encoding/)
  })
})
