/** Pages of a list begin after a story, not at a number, so that new stories shift none of them. */
import {html} from 'hono/html'

import type {Html, Visit} from './visit.ts'

/** Parameters of the queries that continue a list. */
export interface Position {
  readonly lastPublishedAt: string
  readonly lastId: string
}

interface Item {
  readonly _id: string
  readonly firstPublishedAt: string
}

/** How many stories the queries give at once. */
const FULL = 20

/** The last item of a page. */
interface End {
  readonly time: string
  readonly id: string
}

/**
 * The last item of the page before, from `?after=<time>,<id>`; undefined for the first page, null if
 * `after` does not match.
 * @param pattern with groups for the time and the id
 */
export const endIn = (url: URL, pattern: RegExp): End | null | undefined => {
  const after = url.searchParams.get('after')
  if (after === null) return undefined
  const [, time = '', id = ''] = pattern.exec(after) ?? []
  return id === '' ? null : {time, id}
}

/** A link to the page after this item. */
export const linkToOlder = ({url}: Visit, {time, id}: End, label: string): Html => {
  const after = new URLSearchParams({after: `${time},${id}`})
  return html`<p class="older">
    <a href="${url.pathname}?${after}" rel="next">${label}</a>
  </p>`
}

/** The position in a list of stories; undefined for the first page, null if it is no position. */
export const positionIn = (url: URL): Position | null | undefined => {
  const end = endIn(url, /^([\dTZ:.-]{20,24}),([\w.-]+)$/)
  return end && {lastPublishedAt: end.time, lastId: end.id}
}

/** A link to the stories after these; nothing if these are the last. */
export const olderStories = (visit: Visit, items: readonly Item[]): Html | '' => {
  const last = items.at(-1)
  if (last === undefined || items.length < FULL) return ''
  const end = {time: last.firstPublishedAt, id: last._id}
  return linkToOlder(visit, end, visit.words.olderStories)
}
