/**
 * Rules for values that the extracted schema does not contain and an import must follow. The
 * extract knows that a field is a string; that it is a time, an address or a date follows from its
 * name: times end in `At` or `Until`, dates in `On`, addresses in `url` or `Url`. A test in
 * `tests/schema` holds the names of the schema's fields to that.
 */
import {z} from 'zod'

/** The longest headline an article may have; the Studio's rule has the same number. */
export const HEADLINE_MAX = 150

/** The longest slug that the Studio generates. */
export const SLUG_MAX = 96

/**
 * Ids of documents: letters, digits and hyphens. A dot would make a document private even in a
 * public dataset (sanity.io, "IDs and Paths").
 */
export const documentId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/)

/**
 * A time in the form of `Date.toISOString`. Other spellings of the same time are refused: GROQ
 * compares times as strings, where `…00.000Z` sorts before `…00Z`.
 */
const utcTime = z.iso.datetime({precision: 3})

/** An empty string says nothing that a missing field does not say better. */
const words = z.string().min(1)

const slugWords = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** By type and field, as in `article.headline`; `[]` stands for the members of an array. */
const STRINGS: Readonly<Record<string, z.ZodType>> = {
  'article.headline': words.max(HEADLINE_MAX).regex(/^\S(.*\S)?$/su),
  'article.standfirst': words.max(300),
  'author.profiles[]': z.url({protocol: /^https$/}),
  'figure.alt': z.string(),
  'link.href': z.url({protocol: /^(https?|mailto|tel)$/}),
  'previousSlug.slug': slugWords,
  'siteSettings._id': z.literal('siteSettings'),
  'slug.current': slugWords,
  'slug.source': z.string(),
  'span.marks[]': z.string(),
  'span.text': z.string(),
  'tableRow.cells[]': z.string(),
}

/** By the name of the field, in any type. */
const STRINGS_BY_NAME: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^_(id|ref)$/, documentId],
  [/(At|Until)$/, utcTime],
  [/On$/, z.iso.date()],
  [/(^u|U)rl$/, z.url()],
  [/^email$/, z.email()],
  [/^checksum$/, z.string().regex(/^[0-9a-f]{64}$/)],
  [/^(language|originalLanguage)$/, z.string().min(2)],
]

/** Counted from 1. */
const COUNTS = /^(line|lineCount|number|level)$/

/** Optional arrays that are left out rather than written empty; required ones never are empty. */
const NEVER_EMPTY = /^(byline|credits)$/

/** `place` is the type and the field, `field` the field alone. */
export function stringRule(place: string, field: string): z.ZodType {
  return STRINGS[place] ?? STRINGS_BY_NAME.find(([name]) => name.test(field))?.[1] ?? words
}

export function numberRule(field: string): z.ZodType {
  return COUNTS.test(field) ? z.int().positive() : z.number()
}

export function mayBeEmpty(field: string, optional: boolean): boolean {
  return optional && !NEVER_EMPTY.test(field)
}
