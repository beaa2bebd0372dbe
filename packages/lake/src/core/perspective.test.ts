import {describe, expect, test} from 'vitest'

import {DRAFTS, PUBLISHED, parsePerspective, perspectiveName} from './perspective.ts'

describe('parsePerspective', () => {
  test.each([
    ['raw', 'raw'],
    ['published', 'published'],
    ['drafts', 'drafts'],
    ['previewDrafts', 'drafts'],
    ['rA, rB,drafts', 'rA,rB,drafts'],
    ['rA,published', 'rA'],
  ])('%s is %s', (text, name) => {
    expect(perspectiveName(parsePerspective(text, 'raw'))).toBe(name)
  })

  test('nothing is the fallback', () => {
    expect(parsePerspective(undefined, DRAFTS)).toBe(DRAFTS)
    expect(parsePerspective('', PUBLISHED)).toBe(PUBLISHED)
  })

  test.each(['raw,drafts', 'published,drafts', 'rA,rA', 'a b', '.', '\trA'])(
    'refuses %j',
    (text) => {
      expect(() => parsePerspective(text, 'raw')).toThrow(/perspective/)
    },
  )
})
