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

/** The position in `?after=<time>,<id>`; undefined for the first page, null if it is no position. */
export const positionIn = (url: URL): Position | null | undefined => {
  const after = url.searchParams.get('after')
  if (after === null) return undefined
  const [, lastPublishedAt = '', lastId = ''] = /^([\dTZ:.-]{20,24}),([\w.-]+)$/.exec(after) ?? []
  return lastId === '' ? null : {lastPublishedAt, lastId}
}

/** A link to the stories after these; nothing if these are the last. */
export const olderStories = ({url, words}: Visit, items: readonly Item[]): Html | '' => {
  const last = items.at(-1)
  if (last === undefined || items.length < FULL) return ''
  const after = new URLSearchParams({after: `${last.firstPublishedAt},${last._id}`})
  return html`<p class="older">
    <a href="${url.pathname}?${after}" rel="next">${words.olderStories}</a>
  </p>`
}
