/**
 * How many characters of a text readers see where it is shorter than its field allows: search results
 * and front pages cut the rest. By the path of the field in an article. The form counts with it.
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
