import {expect, test} from 'vitest'

import {splitUrl} from './requestUrl.ts'

test.each([
  [
    '/v2024-01-29/data/query/production?query=*',
    'v2024-01-29',
    '/data/query/production',
    'query=*',
  ],
  // As the migration runner of Sanity's CLI sends it.
  [
    '//v2024-01-29/data/mutate/production?dryRun=true',
    'v2024-01-29',
    '/data/mutate/production',
    'dryRun=true',
  ],
  ['///v1/users/me', 'v1', '/users/me', ''],
  ['/v1//users/me', 'v1', '//users/me', ''],
  ['//images/a.png', '', '/images/a.png', ''],
  ['/v2024-13-01/users/me', '', '/v2024-13-01/users/me', ''],
])('%s', (url, version, path, search) => {
  expect(splitUrl(url)).toEqual({version, path, search})
})
