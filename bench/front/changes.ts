/** How soon a change shows: to the next reader, at the end of an embargo, in a preview. */
import {createPreviewSecret} from '@sanity/preview-url-secret/create-secret'
import {chromium} from 'playwright-core'

import {findChromium, HOW_TO_GET_ONE} from '../../tests/browser/findChromium.ts'
import {story} from '../../tests/queries/stories.ts'
import type {Figure} from '../figure.ts'
import {quantile} from '../timing.ts'
import {inTime, type Stand} from './stand.ts'

const PUBLICATIONS = 100
const EMBARGOES = 20
const EDITS = 50
/** Milliseconds that a reader may have to wait after the answer to a commit. */
const PUBLISHED_IN = 250

/** Milliseconds until the page at an address is as wanted, asked for again and again. */
const until = async (url: string, isThere: (response: Response) => Promise<boolean>) => {
  const from = performance.now()
  while (!(await isThere(await fetch(url)))) {
    if (performance.now() - from > 30_000) throw new Error(`${url} stays as it is.`)
  }
  return performance.now() - from
}

export const measurePublishing = async ({client, site}: Stand): Promise<Figure[]> => {
  const times: number[] = []
  for (let number = 0; number < PUBLICATIONS; number += 1) {
    const headline = `Edition ${number}`
    await client.patch('article-n-0').set({headline}).commit()
    times.push(
      await until(`${site}/news/n-0`, async (page) => (await page.text()).includes(`${headline}<`)),
    )
  }
  return [
    {
      name: `publications of ${PUBLICATIONS} that readers have ${PUBLISHED_IN} ms after the commit's answer`,
      value: times.filter((time) => time <= PUBLISHED_IN).length,
      unit: '',
      target: {atLeast: PUBLICATIONS},
      note: `median ${quantile(times, 0.5).toFixed(0)} ms`,
    },
  ]
}

export const measureEmbargoes = async ({client, site}: Stand): Promise<Figure[]> => {
  const numbers = Array.from({length: EMBARGOES}, (_, number) => number)
  const lateness = await Promise.all(
    numbers.map(async (number) => {
      // Apart from each other, so that each is an edge of its own.
      const time = inTime(2000 + number * 400)
      const fields = {firstPublishedAt: inTime(-1000), embargoUntil: time}
      await client.create(story(`embargo-${number}`, fields))
      await until(`${site}/news/embargo-${number}`, async (page) => {
        await page.arrayBuffer()
        return page.status === 200
      })
      return Date.now() - Date.parse(time)
    }),
  )
  return [
    {
      name: `end of an embargo → page, latest of ${EMBARGOES}`,
      value: Math.max(...lateness),
      unit: 'ms',
      target: {atMost: 1000},
    },
    {
      name: 'the same: pages that came too early',
      value: lateness.filter((time) => time < 0).length,
      unit: '',
      target: {atMost: 0},
    },
  ]
}

/** In Chromium, on a page that the Studio's secret has switched to a preview. */
export const measurePreview = async ({client, site}: Stand): Promise<Figure[]> => {
  const executablePath = findChromium(process.env)
  if (executablePath === null) throw new Error(`There is no Chromium. ${HOW_TO_GET_ONE}`)
  const {secret} = await createPreviewSecret(client, 'bench', 'http://copydesk.localhost:3333')
  const parameters = new URLSearchParams({
    'sanity-preview-secret': secret,
    'sanity-preview-pathname': '/news/n-1',
    'sanity-preview-perspective': 'drafts',
  })
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox']})
  try {
    const page = await browser.newPage()
    await page.goto(`${site}/api/preview/enable?${parameters}`)
    const {_id, ...published} = (await client.getDocument('article-n-1')) ?? {_id: ''}
    await client.createOrReplace({_type: 'article', ...published, _id: `drafts.${_id}`})
    const times: number[] = []
    for (let edit = -3; edit < EDITS; edit += 1) {
      const headline = `Edit ${edit} of it`
      const shown = page.evaluate(whenShown, headline)
      const from = Date.now()
      await client.patch(`drafts.${_id}`).set({headline}).commit()
      const taken = (await shown) - from
      // The first ones wait until the page listens.
      if (edit >= 0) times.push(taken)
    }
    return [
      {
        name: `edit by the API → preview, median of ${EDITS}`,
        value: quantile(times, 0.5),
        unit: 'ms',
        target: {atMost: 400},
      },
      {
        name: 'the same, 95th percentile',
        value: quantile(times, 0.95),
        unit: 'ms',
        target: {atMost: 900},
      },
    ]
  } finally {
    await browser.close()
  }
}

/** Runs in the page. @returns when the headline shows, in milliseconds since 1970 */
const whenShown = (headline: string): Promise<number> =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('h1')?.textContent?.startsWith(headline)) return
      observer.disconnect()
      resolve(Date.now())
    })
    observer.observe(document, {subtree: true, childList: true, characterData: true})
  })
