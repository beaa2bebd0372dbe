/** Slugs from names and headlines: `Russia’s` becomes `russias`, not `russia-s`. */
import slugify from '@sindresorhus/slugify'

import {SLUG_MAX} from '../model/rules.ts'

/** At most 96 characters, cut between words. Empty when the text has no letter or digit to keep. */
export function slugOf(text: string): string {
  const slug = slugify(text.replace(/['‘’]/g, ''), {decamelize: false})
  if (slug.length <= SLUG_MAX) return slug
  const cut = slug.slice(0, SLUG_MAX + 1).lastIndexOf('-')
  return slug.slice(0, cut > 0 ? cut : SLUG_MAX)
}
