/** The markup of each kind of page, by the rules of html-validate, and the rules of the style sheet. */
import {readFileSync} from 'node:fs'

import {HtmlValidate} from 'html-validate'
import {afterAll, beforeAll, expect, it} from 'vitest'

import {SEEDED, story} from '../queries/stories.ts'
import {type ServedNewsroom, serveNewsroom} from './openSite.ts'

const arabic = story('arabic', {
  language: 'ar',
  headline: 'مرحبا',
  corrections: [
    {
      _key: 'c',
      _type: 'correction',
      kind: 'correction',
      text: 'It was two.',
      madeAt: '2021-02-20T11:30:00.000Z',
      show: 'top',
    },
  ],
  credits: [
    {
      _key: 'pa',
      _type: 'creditLine',
      credit: {_type: 'reference', _ref: SEEDED.paImages},
      role: 'source',
    },
  ],
})

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveNewsroom(arabic, story('gone', {pubStatus: 'retracted'}))
})
afterAll(() => site.close())

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Taste, not correctness: the templates decide about spaces and slashes.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'attr-quotes': 'off',
    'doctype-style': 'off',
    // A headline is as long as the newsroom writes it.
    'long-title': 'off',
  },
})

const complaintsAbout = async (page: string): Promise<string[]> => {
  const {results} = await validator.validateString(page)
  return results.flatMap(({messages}) =>
    messages.map(({ruleId, message, line}) => `${line}: ${ruleId}: ${message}`),
  )
}

it.each([
  '/',
  `/news/${SEEDED.slug}`,
  '/news/arabic',
  '/news/gone',
  '/news/nothing',
  '/topics',
  '/topics/news',
  '/authors/cameron-frew',
  '/search?q=musk',
  '/search?q=%22%3Cx%3E',
  '/corrections',
  `/credits/${SEEDED.paImages}`,
])('%s is valid HTML', async (path) => {
  expect(await complaintsAbout(await (await site.get(path)).text())).toEqual([])
})

it('the validator finds a fault', async () => {
  expect(await complaintsAbout('<!doctype html><p><div></div></p>')).not.toEqual([])
})

it('a story in another language says so, with its direction', async () => {
  const page = await (await site.get('/news/arabic')).text()
  expect(page).toMatch(/<article\s+class="story"\s+lang="ar"\s+dir="rtl"/)
})

it('the style sheet knows no left and right, so it serves both directions', () => {
  const css = readFileSync(new URL('../../site/style/site.css', import.meta.url), 'utf8')
  const physical =
    /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|text-align:\s*(?:left|right))\s*:/gm
  // The conditions of media queries are about the window, which has no direction.
  const rules = css.replaceAll(/@media[^{]*\{/g, '')
  expect(rules.match(physical) ?? []).toEqual([])
  expect(css.length).toBeLessThan(8_000 * 4)
})
