/**
 * How many characters of a text readers see: search results and front pages cut the rest. By the path
 * of the field in an article. The rules warn at these limits, and the form counts up to them.
 */
export const textLimits = {
  kicker: 30,
  headline: 110,
  standfirst: 300,
  shortHeadline: 60,
  'seo.title': 60,
  'seo.description': 160,
  'social.title': 90,
  'social.description': 200,
} as const
