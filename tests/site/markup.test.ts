/** The markup of each kind of page, by the rules of html-validate, and the rules of the style sheet. */
import {readFileSync} from 'node:fs'

import {HtmlValidate} from 'html-validate'
import {afterAll, beforeAll, expect, it} from 'vitest'

import {serveDemo} from './openDemo.ts'
import type {ServedNewsroom} from './openSite.ts'

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveDemo()
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
  '/news/ferry-returns',
  '/news/tide-tables',
  '/news/storm-edda',
  '/news/harbour-in-the-morning',
  '/news/night-market-ja',
  '/news/bakers-morning',
  '/news/mayors-parrot',
  '/news/nothing',
  '/topics',
  '/topics/harbour',
  '/authors/mara-finch',
  '/authors/otto-brandt',
  '/search?q=ferry',
  '/search?q=%22%3Cx%3E',
  '/corrections',
  '/credits/credit-coast-press',
])('%s is valid HTML', async (path) => {
  expect(await complaintsAbout(await (await site.get(path)).text())).toEqual([])
})

it('the validator finds a fault', async () => {
  expect(await complaintsAbout('<!doctype html><p><div></div></p>')).not.toEqual([])
})

it('a story in another language says so, with its direction', async () => {
  const page = await (await site.get('/news/harbour-in-the-morning')).text()
  expect(page).toContain('<article class="story" lang="ar" dir="rtl">')
})

it.each(['/', '/news/ferry-returns', '/topics/harbour', '/authors/mara-finch'])(
  'the pictures of %s keep their place before they arrive, and only the first hurries',
  async (path) => {
    const page = await (await site.get(path)).text()
    const pictures = [...page.matchAll(/<img [^>]*>/g)].map(([picture]) => picture)
    expect(pictures.length).toBeGreaterThan(1)
    for (const picture of pictures) expect(picture).toMatch(/ width="\d+" height="\d+" alt="/)
    const isFirst = pictures.map((picture) => picture.includes('fetchpriority="high"'))
    const isLazy = pictures.map((picture) => picture.includes('loading="lazy"'))
    // The page of an author has no large story, so no picture is known to be seen first.
    const hasLead = !path.startsWith('/authors/')
    expect(isFirst).toEqual(pictures.map((_, index) => hasLead && index === 0))
    expect(isLazy).toEqual(isFirst.map((first) => !first))
  },
)

it('the parts of a story speak its language, not the site’s', async () => {
  const page = await (await site.get('/news/harbour-in-the-morning')).text()
  const story = /<article class="story".*?<\/article>/s.exec(page)?.[0] ?? ''
  expect(story).toContain('بقلم <a href="/authors/leila-haddad"')
  expect(story).toContain('مترجم من الإنجليزية')
  expect(story).not.toMatch(/>\s*By |GMT/)
  expect(page).toContain('<h2 id="related">Related stories</h2>')
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
