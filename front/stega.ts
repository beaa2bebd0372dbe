/**
 * Invisible marks in text. A preview asks with `stega`, so that each string leads an editor to its
 * field. Where code compares a string, or a machine reads it, the marks would break it.
 */

/** Fields whose values code compares, links to or parses. Times and addresses are known by name. */
const CLEAN = new Set([
  'access',
  'articleType',
  'code',
  'current',
  'href',
  'kind',
  'language',
  'listItem',
  'lqip',
  'marks',
  'originalLanguage',
  'provider',
  'pubStatus',
  'role',
  'scheme',
  'show',
  'slug',
  'style',
  'timeZone',
  'url',
])

const CLEAN_ENDING = /(?:At|On|Until|Url|Modified)$/

/** What `@sanity/client` says about a string when it asks a `stega.filter`. */
export interface StegaString {
  readonly sourcePath: readonly (string | number | object)[]
  readonly resultPath: readonly (string | number | object)[]
  readonly value: string
}

/**
 * For `stega: {enabled: true, filter: keepClean}` of a client: no marks in values that are not
 * read as text, and otherwise the client's own rules.
 */
export const keepClean = <Props extends StegaString>(
  props: Props & {readonly filterDefault: (props: Props) => boolean},
): boolean =>
  ![fieldOf(props.sourcePath), fieldOf(props.resultPath)].some(
    (field) => CLEAN.has(field) || CLEAN_ENDING.test(field),
  ) && props.filterDefault(props)

const fieldOf = (path: StegaString['sourcePath']): string =>
  path.findLast((segment) => typeof segment === 'string') ?? ''

/** The characters that marks consist of. Text has fewer than four in a row: an emoji has one. */
const MARKS = /[\u{200b}-\u{200d}\u{2060}-\u{2063}\uFEFF\u{1d173}-\u{1d17a}]{4,}/gu

/** A text without marks: for titles, attributes, comparisons and whatever leaves the site. */
export const plain = (text: string): string => text.replaceAll(MARKS, '')

/** A value without marks in any of its strings: for what machines read. It has to fit into JSON. */
export const unmarked = <Value>(value: Value): Value => JSON.parse(plain(JSON.stringify(value)))
