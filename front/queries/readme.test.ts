import {readFile} from 'node:fs/promises'
import {join} from 'node:path'

import {expect, it} from 'vitest'

import * as library from './index.ts'

const {previewOf: _previewOf, searchPattern: _searchPattern, ...queries} = library

it.each(Object.entries(queries))('the table names %s and its parameters', async (name, query) => {
  const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8')
  const [, cell] = readme.match(new RegExp(`^\\| \`${name}\` +\\|([^|]*)\\|`, 'm')) ?? []
  const named = cell?.replace('position', '`lastPublishedAt`, `lastId`').match(/\w+/g) ?? []
  const used = query.match(/(?<=\$)\w+/g) ?? []
  expect(named.toSorted()).toEqual([...new Set(used)].toSorted())
})
