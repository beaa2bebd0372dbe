/** The publication's details for every page, feed and sitemap. */
import {defineQuery} from 'groq'

import {CREDIT, TOPIC} from './fragments.ts'

/** The publication's settings and its sections by name, or null while there are no settings. Sections
 * below another section are left out. No parameters. */
export const siteQuery = defineQuery(`
  *[_type == "siteSettings"] | order(_id asc) [0] {
    publicationName, baseUrl, language, timeZone,
    "publisher": publisher->{${CREDIT}, "logo": logo.asset},
    "sections": *[_type == "topic" && kind == "section" && !defined(parent) && !defined(mergedInto)]
      | order(name asc, _id asc) {${TOPIC}}
  }
`)
