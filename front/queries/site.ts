/** The publication's details for every page, feed and sitemap. */
import {defineQuery} from 'groq'

import {CREDIT} from './fragments.ts'

/** The publication's settings, or null while there are none. No parameters. */
export const siteQuery = defineQuery(`
  *[_type == "siteSettings"] | order(_id asc) [0] {
    publicationName, baseUrl, language, timeZone,
    "publisher": publisher->{${CREDIT}, "logo": logo.asset}
  }
`)
