/** One address for each page. */
import {expect, it} from 'vitest'

import {tidyAddress} from './tidyAddress.ts'

it.each([
  ['/News/A-Story', '/news/a-story'],
  ['/news/a-story/', '/news/a-story'],
  ['/news/a-story///?after=1', '/news/a-story?after=1'],
  ['//evil.example/', '/evil.example'],
  ['/topics/%C3%9Cber', null],
  ['/Topics/%C3%9Cber', '/topics/%C3%9Cber'],
  ['/credits/Credit-A/', '/credits/Credit-A'],
  ['/preview/drafts.Abc', null],
  ['/', null],
  ['/?q=A', null],
])('%s → %s', (path, tidy) => {
  expect(tidyAddress(new URL(`http://site${path}`))).toBe(tidy)
})
