/**
 * The parts that several queries share, each named once. They are plain strings: TypeGen follows
 * the constants, so a change here reaches every query and every generated type.
 *
 * Values never enter a query as text; they are parameters (`$slug`, `$now`). GROQ compares dates as
 * text, so a date parameter must have the form that `toISOString()` gives.
 */

/**
 * Out at `$now`: published, past its embargo, not expired. Says nothing of withdrawals.
 *
 * An embargo and an expiry are compared as times, whatever zone an API client wrote them in; one that
 * is no time at all hides the story. `firstPublishedAt` orders the lists by an index of its text, so
 * it must be stored as the Studio and the import store it: in UTC, as `toISOString()` gives it.
 */
export const PUBLISHED = `_type == "article" && defined(slug.current) && firstPublishedAt <= $now
  && (!defined(embargoUntil) || dateTime(embargoUntil) <= dateTime($now))
  && (!defined(expiresAt) || dateTime(expiresAt) > dateTime($now))` as const

/** The one rule for what a reader may see at `$now`. Every list and every link goes through it. */
export const LIVE = `${PUBLISHED} && coalesce(pubStatus, "usable") == "usable"` as const

/** Newest first, and in one order only: `_id` tells articles of the same instant apart. */
export const NEWEST = `order(firstPublishedAt desc, _id asc)` as const

/** What follows the last article of a page in NEWEST order: no article twice, none missed. */
export const AFTER_LAST = `firstPublishedAt <= $lastPublishedAt
  && (firstPublishedAt < $lastPublishedAt || _id > $lastId)` as const

/** Articles whose page here is the one that search engines should list. */
export const INDEXABLE = `seo.noIndex != true && !defined(seo.canonicalUrl)` as const

/** The editor's date, not `_updatedAt`: that moves with every mended comma. */
export const DATE_MODIFIED = `"dateModified": coalesce(updatedAt, firstPublishedAt)` as const

/** What stands in for a standfirst that nobody wrote. */
export const FIRST_PARAGRAPH =
  `pt::text(body[_type == "block" && style == "normal"][0...1])` as const

export const TOPIC = `_id, name, kind, "slug": slug.current` as const

/** No public query carries an author's e-mail address. */
export const AUTHOR = `_id, name, kind, "slug": slug.current` as const

export const CREDIT = `
  _id, kind, name, creditText, url, publishedOn, language,
  "publisher": publisher->{_id, name, url}
` as const

/** One line of a list of credits; `text` is the exact wording owed. */
export const LINE = `
  _key, role, number, "credit": credit->{${CREDIT}},
  "text": coalesce(text, credit->creditText, credit->name)
` as const

/** A picture as `@sanity/image-url` takes it, with the words that must stand beside it. */
export const FIGURE = `
  asset, hotspot, crop,
  "dimensions": asset->metadata.dimensions, "lqip": asset->metadata.lqip,
  alt, decorative, caption, credits[]{${LINE}}
` as const

/** An article in a list. */
export const CARD = `
  _id, "slug": slug.current, articleType, kicker, headline,
  "shortHeadline": coalesce(shortHeadline, headline),
  "standfirst": coalesce(standfirst, ${FIRST_PARAGRAPH}, ""),
  firstPublishedAt, ${DATE_MODIFIED},
  "section": section->{${TOPIC}},
  bylinePrefix, bylineText, byline[]{_key, role, "author": author->{${AUTHOR}}},
  "sponsor": sponsor->{${CREDIT}},
  leadMedia{${FIGURE}},
  "access": coalesce(access, "free")
` as const

/** An article that is not live has no slug here: a link must not tell of it, or lead nowhere. */
const LINK_TARGET = `
  _id, _type, "slug": select(_type != "article" => slug.current, ${LIVE} => slug.current, null)
` as const

const ANNOTATIONS = `
  markDefs[]{
    ...,
    _type == "internalLink" => {"to": to->{${LINK_TARGET}}},
    _type == "attribution" => {"credit": credit->{${CREDIT}}},
    _type == "quotation" => {"speaker": speaker->{${TOPIC}}}
  }
` as const

/** The story's Portable Text with its references opened. Only text blocks have annotations. */
export const BODY = `
  _key, _type,
  _type != "figure" => {...},
  _type == "block" => {${ANNOTATIONS}},
  _type == "factBox" => {body[]{..., ${ANNOTATIONS}}},
  _type == "figure" => {${FIGURE}},
  _type == "pullQuote" => {"speaker": speaker->{${TOPIC}}},
  _type in ["video", "audio"] => {credits[]{${LINE}}}
` as const
