/**
 * The site's measures, each beside its bound: `node bench/front.ts [--only NAMES] [--minutes N]`. README.md
 * says how they are measured.
 */
import {loadavg} from 'node:os'
import {parseArgs} from 'node:util'

import {SEEDED} from '../tests/queries/stories.ts'
import {type Figure, isReached, table} from './figure.ts'
import {measureEmbargoes, measurePreview, measurePublishing} from './front/changes.ts'
import {measureOutages} from './front/outage.ts'
import {measureSize} from './front/size.ts'
import {measureSpeed} from './front/speed.ts'
import {openStand, type Stand} from './front/stand.ts'
import {measureStart} from './front/start.ts'

const {values} = parseArgs({
  options: {
    only: {type: 'string', default: ''},
    /** How long the lake is killed again and again. */
    minutes: {type: 'string', default: '10'},
  },
})

const STORY = `/news/${SEEDED.slug}`

const GROUPS: Readonly<Record<string, (stand: Stand) => Promise<Figure[]>>> = {
  preview: measurePreview,
  publishing: measurePublishing,
  embargoes: measureEmbargoes,
  speed: (stand) => measureSpeed(stand, STORY),
  size: (stand) => measureSize(stand, STORY),
  start: measureStart,
  outages: (stand) => measureOutages(stand, Number(values.minutes)),
}

const wanted = values.only === '' ? Object.keys(GROUPS) : values.only.split(',')
const loadNow = (): string => loadavg()[0]?.toFixed(1) ?? ''
const figures: Figure[] = []
const loads = [loadNow()]
for (const name of wanted) {
  const measure = GROUPS[name]
  if (measure === undefined) throw new Error(`Groups are: ${Object.keys(GROUPS).join(', ')}.`)
  // Each group has a lake of its own, so that none is measured on what another has left.
  await using stand = await openStand()
  figures.push(...(await measure(stand)))
  loads.push(loadNow())
}
process.stdout.write(
  `${table(figures)}\n\nLoad of the machine, before and between: ${loads.join(', ')}\n`,
)
process.exitCode = figures.every((figure) => isReached(figure) !== false) ? 0 : 1
