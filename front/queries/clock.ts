/** When time alone changes what readers see. */
import {defineQuery} from 'groq'

/**
 * The next time after `$now` at which an article is first published, its embargo ends or it
 * expires, as it is stored, or null. Until then the answers of the other queries change only when
 * a document does, so they may be kept. A stored time may be in any zone: to use it as `now`, write
 * it as `toISOString()` does. Parameters: `now`.
 */
export const clockEdgeQuery = defineQuery(`
  {"times": [
    *[_type == "article" && firstPublishedAt > $now]
      | order(firstPublishedAt asc) [0].firstPublishedAt,
    *[_type == "article" && defined(embargoUntil) && dateTime(embargoUntil) > dateTime($now)]
      | order(dateTime(embargoUntil) asc) [0].embargoUntil,
    *[_type == "article" && defined(expiresAt) && dateTime(expiresAt) > dateTime($now)]
      | order(dateTime(expiresAt) asc) [0].expiresAt
  ]} {"next": (times[defined(@)] | order(dateTime(@) asc))[0]}.next
`)
