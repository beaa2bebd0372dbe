import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

import {createNewsroom} from './newsroom.ts'
import {type Program, startProgram} from './process.ts'
import {ATTACKS, type Target} from './stallAttacks.ts'

/**
 * How long one client can keep the others waiting: `node bench/stall.ts [WORDS OF AN ATTACK'S
 * NAME]`. Beside each attack: the longest stretch of the server's event loop, the most processor
 * time of one, the longest garbage collection, and the longest waits for `/health` and for an
 * article by its slug. On a machine with two cores and no other work, the waits should be at most
 * 250 ms.
 */
const MOST = 250
const ARTICLES = 1000

const told = async <T extends object>(program: Program, fallback: T): Promise<T> => {
  process.kill(program.pid, 'SIGUSR2')
  return {...fallback, ...Object(await program.next())}
}

const fill = async ({url, token}: Target): Promise<string[]> => {
  const newsroom = createNewsroom(ARTICLES)
  const documents = [...newsroom.documents()]
  for (let start = 0; start < documents.length; start += 200) {
    const mutations = documents
      .slice(start, start + 200)
      .map((create) => ({createOrReplace: create}))
    const response = await fetch(`${url}/v2025-02-19/data/mutate/production`, {
      method: 'POST',
      headers: {authorization: `Bearer ${token}`},
      body: JSON.stringify({mutations}),
    })
    if (!response.ok) throw new Error(await response.text())
  }
  return Array.from({length: 20}, (_, n) => newsroom.slug(n))
}

const folder = mkdtempSync(join(tmpdir(), 'lake-stall-'))
const server = startProgram('stallServer.ts', folder)
try {
  const target: Target = {url: '', token: '', ...Object(await server.next())}
  const slugs = await fill(target)
  const prober = startProgram('stallProber.ts', target.url, ...slugs)
  try {
    await prober.next()
    // The index over slugs is built after a few misses.
    for (let wait = Infinity, tries = 0; wait > 50 && tries < 30; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      wait = (await told(prober, {slug: Infinity})).slug
    }
    const wanted = process.argv.slice(2).join(' ')
    console.log(
      `| attack | stretch | its work | collection | /health | by slug | at most ${MOST} ms | |`,
    )
    console.log('| --- | --: | --: | --: | --: | --: | --- | --- |')
    for (const {name, run} of ATTACKS) {
      if (!name.includes(wanted)) continue
      await told(server, {})
      await told(prober, {})
      const note = await run(target)
      await new Promise((resolve) => setTimeout(resolve, 500))
      const {stretch, work, collection} = await told(server, {
        stretch: NaN,
        work: NaN,
        collection: NaN,
      })
      const {health, slug} = await told(prober, {health: NaN, slug: NaN})
      const shown = [stretch, work, collection, health, slug].map(
        (time) => `${Math.round(time)} ms`,
      )
      const isReached = health <= MOST && slug <= MOST ? 'yes' : 'NO'
      console.log(`| ${[name, ...shown, isReached, note].join(' | ')} |`)
    }
  } finally {
    await prober.stop()
  }
} finally {
  await server.stop()
  rmSync(folder, {recursive: true, force: true})
}
