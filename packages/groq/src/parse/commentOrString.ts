/**
 * A comment, a string, or an unfinished string: what looks at the text of a query takes these whole,
 * for nothing in them is syntax. The source of a regular expression without groups, to be joined to
 * others; it takes no longer than the text is long.
 */
export const COMMENT_OR_STRING = String.raw`//[^\n]*|"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?`
