/** What every page, feed and sitemap says of the publication. */
import {defineQuery} from 'groq'

import {CREDIT} from './fragments.ts'

/** The publication's settings, or null while nobody has written them. No parameters. */
export const siteQuery = defineQuery(`
  *[_type == "siteSettings"] | order(_id asc) [0] {
    publicationName, baseUrl, language, timeZone,
    "publisher": publisher->{${CREDIT}, "logo": logo.asset}
  }
`)
