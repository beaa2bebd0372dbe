/**
 * Parts that several queries share. They are plain strings: TypeGen follows the constants, so a
 * change here reaches every query and every generated type.
 *
 * Values are always parameters (`$slug`, `$now`), never part of the query string. GROQ compares
 * dates as strings, so a date parameter must have the form that `toISOString()` gives.
 */

/**
 * Published at `$now`: past its embargo, not expired. Does not check whether it is on hold or
 * retracted.
 *
 * Embargo and expiry are compared as times, in any zone that an API client used; an invalid time
 * hides the story. `firstPublishedAt` sorts the lists by an index over strings, so it must be
 * stored as the Studio and the import store it: in UTC, as `toISOString()` gives it.
 */
export const PUBLISHED = `_type == "article" && defined(slug.current) && firstPublishedAt <= $now
  && (!defined(embargoUntil) || dateTime(embargoUntil) <= dateTime($now))
  && (!defined(expiresAt) || dateTime(expiresAt) > dateTime($now))` as const

/** The one rule for what a reader may see at `$now`. Every list and every link goes through it. */
export const LIVE = `${PUBLISHED} && coalesce(pubStatus, "usable") == "usable"` as const

/**
 * Newest first, and always in the same order: `_id` decides between articles with the same time.
 */
export const NEWEST = `order(firstPublishedAt desc, _id asc)` as const

/** The articles after the last one of a page in NEWEST order: none repeated, none missed. */
export const AFTER_LAST = `firstPublishedAt <= $lastPublishedAt
  && (firstPublishedAt < $lastPublishedAt || _id > $lastId)` as const

/** Articles that search engines should list at this site. */
export const INDEXABLE = `seo.noIndex != true && !defined(seo.canonicalUrl)` as const

/** The editor's date, not `_updatedAt`, which changes with every corrected comma. */
export const DATE_MODIFIED = `"dateModified": coalesce(updatedAt, firstPublishedAt)` as const

/** The replacement for a missing standfirst. */
export const FIRST_PARAGRAPH =
  `pt::text(body[_type == "block" && style == "normal"][0...1])` as const

export const TOPIC = `_id, name, kind, "slug": slug.current` as const

/** No public query carries an author's e-mail address. */
export const AUTHOR = `_id, name, kind, "slug": slug.current` as const

export const CREDIT = `
  _id, kind, name, creditText, url, publishedOn, language,
  "publisher": publisher->{_id, name, url}
` as const

/** One line of a list of credits; `text` is the required wording. */
export const LINE = `
  _key, role, number, "credit": credit->{${CREDIT}},
  "text": coalesce(text, credit->creditText, credit->name)
` as const

/** A picture in the form that `@sanity/image-url` takes, with the text to print beside it. */
export const FIGURE = `
  asset, hotspot, crop,
  "dimensions": asset->metadata.dimensions, "lqip": asset->metadata.lqip,
  alt, decorative, caption, credits[]{${LINE}}
` as const

/** An article in a list. */
export const CARD = `
  _id, "slug": slug.current, articleType, kicker, headline,
  "shortHeadline": coalesce(shortHeadline, headline),
  standfirst, "summary": coalesce(standfirst, ${FIRST_PARAGRAPH}, ""),
  firstPublishedAt, ${DATE_MODIFIED}, language,
  "section": section->{${TOPIC}},
  bylinePrefix, bylineText, byline[]{_key, role, "author": author->{${AUTHOR}}},
  "sponsor": sponsor->{${CREDIT}},
  leadMedia{${FIGURE}},
  "access": coalesce(access, "free")
` as const

/** Null for an article that is not live, so that no link reveals it or leads to a missing page. */
const LINK_TARGET = `
  _id, _type, "slug": select(_type != "article" => slug.current, ${LIVE} => slug.current, null)
` as const

/** One projection for each kind of mark, so that each has one type. */
const ANNOTATIONS = `
  markDefs[]{
    _key, _type,
    _type == "link" => {href},
    _type == "internalLink" => {"to": to->{${LINK_TARGET}}},
    _type == "attribution" => {"credit": credit->{${CREDIT}}},
    _type == "quotation" => {"speaker": speaker->{${TOPIC}}, medium, originalLanguage, sourceUrl}
  }
` as const

/** The blocks of a story that readers see: what an import could only archive is for editors. */
export const BODY_BLOCKS = `body[_type != "archivedBlock"]` as const

/**
 * One block of the story, with its references resolved. One projection for each type of block, so
 * that each has one type: with `{...}` for all and additions for some, TypeGen gives a video two.
 * Text blocks keep all their fields, because Portable Text tells a list item by the field
 * `listItem`, even if it is null.
 */
export const BODY = `
  _key, _type,
  _type == "block" => {..., ${ANNOTATIONS}},
  _type == "figure" => {${FIGURE}},
  _type == "pullQuote" => {
    text, "speaker": speaker->{${TOPIC}}, medium, originalLanguage, sourceUrl
  },
  _type == "socialPost" => {provider, url, text, authorName, postedAt},
  _type == "video" => {provider, url, title, caption, credits[]{${LINE}}, transcript},
  _type == "audio" => {provider, url, title, caption, credits[]{${LINE}}, transcript},
  _type == "factBox" => {title, body[]{..., ${ANNOTATIONS}}},
  _type == "table" => {caption, rows[]{_key, cells, heading}},
  _type == "gallery" => {caption, pictures[]{_key, ${FIGURE}}}
` as const
