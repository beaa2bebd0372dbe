import {describe, expect, it} from 'vitest'

import {
  bundleOf,
  draftId,
  isDatasetName,
  isDocumentId,
  isPrivateId,
  isReleaseName,
  isRequestTag,
  isTransactionId,
  publishedId,
  releaseDocumentId,
  releaseName,
  releaseOf,
  versionId,
} from './ids.ts'

describe('isDocumentId', () => {
  it.each([
    'a',
    '_',
    'a.b',
    'A-b_c.9',
    'drafts.a',
    'versions.r1.a.b',
    '_.releases.r1',
    'a'.repeat(128),
  ])('accepts %s', (id) => expect(isDocumentId(id)).toBe(true))

  it.each(['', '.a', '-a', 'a..b', 'a.', 'a.-b', 'a b', 'a/b', 'é', 'a\n', 'a'.repeat(129)])(
    'refuses %j',
    (id) => expect(isDocumentId(id)).toBe(false),
  )
})

describe('the ids of one document', () => {
  it.each([
    ['x', 'x', undefined],
    ['x.y', 'x.y', undefined],
    ['drafts.x.y', 'x.y', 'drafts'],
    ['versions.r1.x.y', 'x.y', 'r1'],
    ['versions.x', 'versions.x', undefined],
    ['_.releases.r1', '_.releases.r1', undefined],
  ])('%s is published as %s from %s', (id, published, bundle) => {
    expect(publishedId(id)).toBe(published)
    expect(bundleOf(id)).toBe(bundle)
    expect(releaseOf(id)).toBe(bundle === 'drafts' ? undefined : bundle)
  })

  it('are made from the published id', () => {
    expect(draftId('x')).toBe('drafts.x')
    expect(versionId('r1', 'x')).toBe('versions.r1.x')
  })

  it('are private when they hold a dot', () => {
    expect(isPrivateId('x')).toBe(false)
    expect(isPrivateId('drafts.x')).toBe(true)
  })
})

it('names releases by one segment that is no perspective', () => {
  expect(releaseName(releaseDocumentId('r1'))).toBe('r1')
  expect(releaseName('r1')).toBeUndefined()
  expect(['rA29bfjqa', 'summer-24'].every(isReleaseName)).toBe(true)
  expect(['drafts', 'published', 'a.b', '', '-a'].some(isReleaseName)).toBe(false)
})

it('names datasets, tags and transactions', () => {
  expect(['production', '~comments-1', 'a_B'].every(isDatasetName)).toBe(true)
  expect(['Production', '', '~', '-a', 'a.b', 'a'.repeat(65)].some(isDatasetName)).toBe(false)
  expect(isRequestTag('studio.list-1')).toBe(true)
  expect(['', 'a b', 'a'.repeat(76)].some(isRequestTag)).toBe(false)
  expect(isTransactionId('Xy_-9')).toBe(true)
  expect(['', 'a,b', 'a#b', 'a b', 'a'.repeat(129)].some(isTransactionId)).toBe(false)
})
