import {readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect, test} from 'vitest'

import {apiRoutes, bareRoutes} from '../../packages/lake/src/http/routing/routes.ts'
import {routeRows} from './routeRows.ts'

test('docs/coverage.md lists every route with who may call it', () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'coverage.md')
  const lines = readFileSync(path, 'utf8').split('\n')
  const listed = lines.filter((line) => /^\| `(?:GET|POST|PUT|PATCH|DELETE|WS) /.test(line))
  expect(listed).toEqual(routeRows())
})

test('without a token nothing but this is sent to the lake', () => {
  const open = [...apiRoutes, ...bareRoutes]
    .filter(({method, access}) => method !== 'GET' && (access === 'anyone' || access === 'dataset'))
    .map(({method, path}) => `${method} ${path}`)
  expect(open.toSorted()).toEqual([
    'POST /auth/login/lake',
    'POST /auth/logout',
    'POST /data/query/:dataset',
    'POST /descriptors/*',
    'POST /intake/*',
    'POST /journey/*',
    'PUT /descriptors/*',
  ])
})
