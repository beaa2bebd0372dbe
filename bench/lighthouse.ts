/**
 * Lighthouse's scores for a phone, the median of five runs for each page:
 *
 *   npm install --prefix bench/lighthouse && node bench/lighthouse.ts [--runs N]
 */
import {execFile} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs, promisify} from 'node:util'

import {z} from 'zod'

import {findChromium, HOW_TO_GET_ONE} from '../tests/browser/findChromium.ts'
import {SEEDED} from '../tests/queries/stories.ts'
import {type Figure, isReached, table} from './figure.ts'
import {openStand} from './front/stand.ts'
import {quantile} from './timing.ts'

const {values} = parseArgs({options: {runs: {type: 'string', default: '5'}}})

const PROGRAM = join(
  import.meta.dirname,
  'lighthouse',
  'node_modules',
  'lighthouse',
  'cli',
  'index.js',
)
if (!existsSync(PROGRAM)) {
  throw new Error('Lighthouse is not installed: npm install --prefix bench/lighthouse')
}
const CHROME_PATH = findChromium(process.env)
if (CHROME_PATH === null) throw new Error(`There is no Chromium. ${HOW_TO_GET_ONE}`)

const PAGES = {
  'front page': '/',
  story: `/news/${SEEDED.slug}`,
  topic: '/topics/news',
}
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const

const score = z.object({score: z.number()})
const reportSchema = z.object({
  categories: z.record(z.enum(CATEGORIES), score),
  audits: z.object({'cumulative-layout-shift': z.object({numericValue: z.number()})}),
})

const examine = async (url: string) => {
  const only = `--only-categories=${CATEGORIES.join(',')}`
  const browser = '--chrome-flags=--headless=new --no-sandbox'
  const options = ['--output=json', '--quiet', only, browser]
  const env = {...process.env, CHROME_PATH}
  const {stdout} = await promisify(execFile)(process.execPath, [PROGRAM, url, ...options], {
    env,
    maxBuffer: 1e8,
  })
  return reportSchema.parse(JSON.parse(stdout))
}

await using stand = await openStand()
const figures: Figure[] = []
for (const [name, path] of Object.entries(PAGES)) {
  const reports: z.infer<typeof reportSchema>[] = []
  for (let run = 0; run < Number(values.runs); run += 1) {
    reports.push(await examine(stand.site + path))
  }
  for (const category of CATEGORIES) {
    const scores = reports.map(({categories}) => categories[category].score * 100)
    const value = quantile(scores, 0.5)
    figures.push({name: `${name}: ${category}`, value, unit: '', target: {atLeast: 100}})
  }
  const shifts = reports.map(({audits}) => audits['cumulative-layout-shift'].numericValue)
  const value = quantile(shifts, 0.5)
  figures.push({name: `${name}: layout shift`, value, unit: '', target: {atMost: 0}})
}
process.stdout.write(`${table(figures)}\n`)
process.exitCode = figures.every((figure) => isReached(figure) !== false) ? 0 : 1
