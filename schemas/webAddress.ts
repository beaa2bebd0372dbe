/** Web addresses made from headlines and names, by “Generate” and by Publish. */
import slugify from '@sindresorhus/slugify'

/** The longest web address that is made. */
const LONGEST = 96

/**
 * A web address in lower case and ASCII, cut between words: `Russia’s` becomes `russias`. Empty when
 * the text has no letter or digit to keep.
 */
export const webAddressOf = (text: string): string => {
  const slug = slugify(text.replaceAll(/['‘’]/g, ''), {decamelize: false})
  if (slug.length <= LONGEST) return slug
  const cut = slug.slice(0, LONGEST + 1).lastIndexOf('-')
  return slug.slice(0, cut > 0 ? cut : LONGEST)
}
