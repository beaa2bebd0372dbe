/** The next time at which time alone changes what readers see. */
import {expect, it} from 'vitest'

import {clockEdgeQuery, feedQuery} from '../../front/queries/index.ts'
import {openNewsroom} from './newsroom.ts'
import {at, DAY, HOUR, NOW, story} from './stories.ts'

/** The same time as an API client may write it, which sorts differently as a string. */
const inDelhi = (time: string): string =>
  new Date(Date.parse(time) + 5.5 * HOUR * 1000).toISOString().replace('Z', '+05:30')

it('is each edge in turn, in any zone, and nothing between them changes an answer', async () => {
  const edges = [at(60), at(HOUR), at(2 * HOUR), at(DAY), at(2 * DAY)]
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = edges
  const room = await openNewsroom(
    story('soon', {firstPublishedAt: first, expiresAt: fifth}),
    story('leaving', {expiresAt: inDelhi(second)}),
    story('embargoed', {embargoUntil: third}),
    story('embargoed-elsewhere', {embargoUntil: inDelhi(fourth)}),
    story('unclear', {embargoUntil: 'tomorrow', expiresAt: 'later'}),
    story('past', {embargoUntil: at(-HOUR), expiresAt: at(-60)}),
  )
  const shown = async (now: string) =>
    (await room.client.fetch(feedQuery, {now})).map(({slug}) => slug)

  const found: string[] = []
  for (let now: string | null = NOW; now !== null;) {
    const edge: string | null = await room.client.fetch(clockEdgeQuery, {now})
    if (edge === null) break
    const next = new Date(edge).toISOString()
    const before = new Date(Date.parse(edge) - 1).toISOString()
    expect(await shown(before)).toEqual(await shown(now))
    expect(await shown(next)).not.toEqual(await shown(before))
    found.push(next)
    now = next
  }
  await room.close()
  expect(found).toEqual(edges)
})
