/** The stories of `npm run demo`: everything that the schema offers, and every state readers see. */
import sharp from 'sharp'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {z} from 'zod'

import {drawPicture} from '../../demo/pictures/drawPicture.ts'
import {PICTURE_NAMES, sceneOf} from '../../demo/pictures/scenes.ts'
import type {Article} from '../../front/queries/sanity.types.generated.ts'
import {newsBody} from '../../schemas/objects/newsBody/newsBody.ts'
import {findings} from '../schema/findings.ts'
import {serveDemo} from './openDemo.ts'
import type {ServedNewsroom} from './openSite.ts'

let site: ServedNewsroom
beforeAll(async () => {
  site = await serveDemo()
})
afterAll(() => site.close())

describe('what is written', () => {
  it('breaks no rule of the form', async () => {
    const documents = await site.newsroom.editor.fetch(
      '*[!(_type match "system.*") && !(_type match "sanity.*")]',
      {},
      {perspective: 'raw'},
    )
    expect(documents.length).toBe(42)
    const said = await Promise.all(
      documents.map(async (document: {_id: string; _type: string}) =>
        (await findings(site.newsroom.editor, document)).flatMap(({level, at, says}) =>
          level === 'error' ? [`${document._id} ${at}: ${says}`] : [],
        ),
      ),
    )
    expect(said.flat()).toEqual([])
  })

  it('has every kind of block, style, list and mark in one story', async () => {
    const body: Article['body'] = await site.newsroom.editor.fetch(
      '*[_id == "article-ferry-returns"][0].body',
    )
    const blocks = body.flatMap((block) => (block._type === 'block' ? [block] : []))
    const used = {
      blocks: body.map(({_type}) => _type),
      styles: blocks.flatMap(({style}) => style ?? []),
      lists: blocks.flatMap(({listItem}) => listItem ?? []),
      // The marks of annotations are keys, `m1` and so on.
      decorators: blocks.flatMap(({children}) =>
        (children ?? []).flatMap(({marks}) => (marks ?? []).filter((mark) => !/^m\d/.test(mark))),
      ),
      annotations: blocks.flatMap(({markDefs}) => (markDefs ?? []).map(({_type}) => _type)),
    }
    expect(sorted(used)).toEqual(sorted(offered()))
  })

  it('leaves a draft without an address, and a story in a scheduled release', async () => {
    const raw = site.newsroom.editor.withConfig({perspective: 'raw'})
    expect(await raw.fetch('*[_id in path("drafts.**")]{_id, slug}')).toEqual([
      {_id: 'drafts.article-new-bench', slug: null},
    ])
    expect(await raw.fetch('*[_id in path("versions.**")]._id')).toEqual([
      'versions.rSummer01.article-summer-timetable',
    ])
    expect(await raw.fetch('releases::all()[].state')).toEqual(['scheduled'])
  })
})

/** What the schema offers in a story. */
const offered = () => {
  const members: readonly Readonly<Record<string, unknown>>[] = newsBody.of.map((member) => ({
    ...member,
  }))
  const block = z
    .object({
      styles: VALUES,
      lists: VALUES,
      marks: z.object({decorators: VALUES, annotations: z.array(z.object({type: z.string()}))}),
    })
    .parse(members.find(({type}) => type === 'block'))
  return {
    blocks: members.map(({type}) => String(type)),
    styles: block.styles,
    lists: block.lists,
    decorators: block.marks.decorators,
    annotations: block.marks.annotations.map(({type}) => type),
  }
}

const VALUES = z.array(z.object({value: z.string()}).transform(({value}) => value))

const sorted = (lists: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(lists).map(([name, values]) => [name, [...new Set(values)].toSorted()]),
  )

describe('what readers find', () => {
  it.each([
    ['/news/ferry-returns', 200, 'Ferry returns to Lower Quay after ten years'],
    ['/news/tide-tables', 200, 'The rest of this story is for subscribers.'],
    ['/news/lighthouse-for-sale', 200, 'Sign in to read the rest of this story.'],
    ['/news/old-light-on-the-market', 301, '/news/lighthouse-for-sale'],
    ['/news/lighthouse-to-be-sold', 301, '/news/lighthouse-for-sale'],
    ['/2024/lighthouse.html', 301, '/news/lighthouse-for-sale'],
    ['/news/mayors-parrot', 410, 'The parrot did not stand.'],
    ['/news/budget-vote', 404, 'Page not found'],
    ['/news/storm-edda', 200, 'By our reporters on both quays'],
    ['/news/bakers-morning', 200, 'Marsh &amp; Daughters Bakery'],
    ['/news/regatta-tickets', 404, 'Page not found'],
    ['/news/why-harbours-need-dredgers', 200, 'As told to'],
    ['/news/harbour-in-the-morning', 200, 'lang="ar" dir="rtl"'],
    ['/news/night-market-ja', 200, 'lang="ja"'],
    ['/news/summer-timetable', 404, 'Page not found'],
    ['/preview/article-new-bench', 404, 'Page not found'],
    ['/topics/boats', 301, '/topics/ferries'],
    ['/authors/otto-brandt', 200, 'No longer writes for us.'],
    ['/credits/credit-coast-press', 200, 'A Hundred Years of Crossings'],
  ])('%s: %i, %s', async (path, status, text) => {
    const response = await site.get(path)
    const said = `${response.headers.get('location') ?? ''} ${await response.text()}`
    expect({status: response.status, said}).toEqual({status, said: expect.stringContaining(text)})
  })

  it('no page shows what is not public, or links to it', async () => {
    const paths = ['/', '/topics/lower-quay', '/feed.xml', '/sitemap/1.xml', '/search?q=parrot']
    for (const path of paths) {
      const page = await (await site.get(path)).text()
      expect(page).not.toMatch(/budget-vote|regatta-tickets|new-bench|summer-timetable/)
      expect(page).not.toContain('/news/mayors-parrot"')
    }
  })

  it('the list of what is read most has every kind of line', async () => {
    const front = await (await site.get('/')).text()
    const list = /<aside class="most-read".*?<\/aside>/s.exec(front)?.[0] ?? ''
    const lines = [...list.matchAll(/<li>\s*(?:<a href="([^"]*)">)?/g)].map(([, href]) => href)
    expect(lines).toEqual([
      '/news/ferry-returns',
      'https://coast-news.example/ferries',
      undefined,
      undefined,
    ])
  })
})

describe('the pictures', () => {
  it('are drawings that a browser would show, in the size that they state', async () => {
    for (const name of PICTURE_NAMES) {
      const {svg} = sceneOf(name)
      const {width = 0, height = 0} = await sharp(Buffer.from(svg)).metadata()
      expect({name, isLarge: Math.min(width, height) >= 1200}).toEqual({name, isLarge: true})
    }
  })

  it('become the files of photographers, transparent where nothing is drawn', async () => {
    expect(await sharp(await drawPicture('portrait')).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1200,
      height: 1600,
    })
    expect(await sharp(await drawPicture('anchor')).metadata()).toMatchObject({
      format: 'png',
      hasAlpha: true,
    })
  })
})
