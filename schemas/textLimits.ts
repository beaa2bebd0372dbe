/**
 * How many characters of a text readers see: search results and front pages cut the rest. By the path
 * of the field in an article. Rules, their messages and the counters in the form use it.
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
