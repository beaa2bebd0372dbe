import {expect, test} from 'vitest'

import type {SeedDocument} from '../model/seedDocument.ts'
import {planDocument, type DocumentPlan} from './planDocument.ts'

const planned: SeedDocument = {
  _id: 'topic-news',
  _type: 'topic',
  name: 'News',
  slug: {_type: 'slug', current: 'news'},
  kind: 'section',
}
const stored = {...planned, _rev: 'seed-1', _createdAt: '2021', _updatedAt: '2021'}

const plan = (there: object | undefined, hasDraft = false, replace = false): string => {
  const found = there && {...stored, ...there}
  const {
    outcome,
    reason,
    fields = [],
  }: DocumentPlan = planDocument(planned, found, hasDraft, replace)
  return [outcome, reason, ...fields].filter((part) => part !== undefined).join(' ')
}

test.each([
  ['not there', undefined, false, 'created', 'created'],
  ['only a draft', undefined, true, 'kept unpublished', 'created'],
  ['the same', {}, false, 'unchanged', 'unchanged'],
  ['the same, and a draft', {}, true, 'unchanged', 'unchanged'],
  ['the same, written by someone else', {_rev: 'x'}, false, 'unchanged', 'unchanged'],
  ['one more field', {description: 'All of it'}, false, 'unchanged', 'unchanged'],
  ['another slug', {slug: {current: 'all'}}, false, 'unchanged', 'unchanged'],
  ['no slug', {slug: undefined}, false, 'kept earlierImport slug', 'replaced slug'],
  ['edited', {name: 'All', _rev: 'x'}, false, 'kept edited name', 'replaced name'],
  ['edited in a draft', {name: 'All'}, true, 'kept edited name', 'replaced name'],
  ['imported differently', {name: 'All'}, false, 'kept earlierImport name', 'replaced name'],
  ['another type', {_type: 'credit'}, false, 'kept otherType', 'kept otherType'],
])('%s', (_, there, hasDraft, byDefault, replacing) => {
  expect(plan(there, hasDraft)).toBe(byDefault)
  expect(plan(there, hasDraft, true)).toBe(replacing)
})
