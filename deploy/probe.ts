/**
 * Puts a lake and a site behind real proxies with the files of this folder, on loopback, and checks what
 * readers, editors and programs notice.
 *
 *   node deploy/probe.ts [nginx] [caddy]
 *
 * Needs nginx, caddy, openssl and systemd-analyze: Debian's packages will do.
 */
import sharp from 'sharp'

import {clientFor} from '../scripts/command/clientFor.ts'
import {isBackedUp} from './probe/backup.ts'
import {CHECKS, type Scene} from './probe/checks.ts'
import {openPlace, type Place} from './probe/place.ts'
import {lake, type Program, PROXIES, run, startUnit} from './probe/programs.ts'
import {unitsAreSound} from './probe/units.ts'
import {openVisitor} from './probe/visitor.ts'

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PROXIES)
const failures: string[] = []

const check = async (name: string, run: () => Promise<string | void>): Promise<void> => {
  try {
    const remark = await run()
    say(`ok     ${name}${remark ? `: ${remark}` : ''}`)
  } catch (error) {
    failures.push(name)
    say(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A program that stops and starts again. */
const restarted = async (open: () => Promise<Program>) => {
  let program = await open()
  return {
    whileDown: async (run: () => Promise<void>) => {
      await program.stop()
      try {
        await run()
      } finally {
        program = await open()
      }
    },
    [Symbol.asyncDispose]: () => program.stop(),
  }
}

/** A story with a picture, in the dataset with the project's own story. */
const publishStory = async (
  {data, lakePort}: Place,
  token: string,
): Promise<Pick<Scene, 'editor' | 'story'>> => {
  await run('scripts/seed.ts', '--data', data)
  const apiHost = `http://localhost:${lakePort}`
  const editor = clientFor({projectId: 'copydesk', dataset: 'production', token, apiHost})
  const found = await editor.fetch<{_id: string; slug: string}>(
    '*[_type == "article"][0]{_id, "slug": slug.current}',
  )
  const picture = sharp({create: {width: 1600, height: 900, channels: 3, background: '#456'}})
  const {_id} = await editor.assets.upload('image', await picture.jpeg().toBuffer())
  const leadMedia = {_type: 'figure', asset: {_type: 'reference', _ref: _id}, alt: 'The harbour'}
  await editor.patch(found._id).set({leadMedia}).commit()
  return {editor, story: {_id: found._id, path: `/news/${found.slug}`}}
}

await check('the units of systemd', unitsAreSound)

using place = await openPlace()
await using served = await restarted(() =>
  startUnit(place, 'copydesk-lake.service', place.settings({})),
)
const token = await lake(place, 'token', 'Probe', '--role', 'editor')
const viewer = await lake(place, 'token', 'Site previews', '--role', 'viewer')
const published = await publishStory(place, token)
const settings = place.settings({SANITY_API_READ_TOKEN: viewer})
await using site = await restarted(() => startUnit(place, 'copydesk-site.service', settings))
const authorization = `Bearer ${token}`
const scene = {place, ...published, authorization, lake: served, site}

for (const name of wanted) {
  const openProxy = PROXIES[name]
  if (openProxy === undefined) throw new Error(`Proxies are: ${Object.keys(PROXIES).join(', ')}.`)
  await using _ = await openProxy(place)
  using visitor = openVisitor(place)
  for (const [what, run] of Object.entries(CHECKS)) {
    await check(`${name}: ${what}`, () => run({...scene, visitor}))
  }
}
await check('a backup, and back', () => isBackedUp(place))

say(failures.length === 0 ? 'All of it works.' : `Failed: ${failures.join('; ')}.`)
process.exitCode = failures.length === 0 ? 0 : 1
