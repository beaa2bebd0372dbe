/** The public record of corrections. A retraction stays in it after its article is gone. */
import {defineQuery} from 'groq'

import {PUBLISHED} from './fragments.ts'

const ENTRIES = `
  *[_type == "article" && defined(corrections)][${PUBLISHED} && coalesce(pubStatus, "usable") != "withheld"] {
    "entries": corrections[]{
      "id": ^._id + "/" + _key, kind, text, madeAt,
      "headline": ^.headline, "slug": ^.slug.current, "retracted": ^.pubStatus == "retracted"
    }
  }.entries[]` as const

const NEWEST_ENTRY = `order(madeAt desc, id asc)` as const

/**
 * The 100 newest corrections, clarifications, updates, notes and retractions.
 * Parameters: `now`.
 */
export const correctionsQuery = defineQuery(`${ENTRIES} | ${NEWEST_ENTRY} [0...100]`)

/**
 * The next 100. Parameters: `lastMadeAt` and `lastId` (`madeAt` and `id` of that entry), `now`.
 */
export const correctionsAfterQuery = defineQuery(`
  ${ENTRIES}[madeAt <= $lastMadeAt && (madeAt < $lastMadeAt || id > $lastId)]
    | ${NEWEST_ENTRY} [0...100]
`)
