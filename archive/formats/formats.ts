/**
 * The formats that the import reads, in the order in which they are asked. Add a format here.
 * Formats that come later are named, so that their files are refused with the reason.
 */
import {ans} from './ans/ans.ts'
import type {Format, Head} from './format.ts'
import {ghost} from './ghost/ghost.ts'
import {ninjs} from './ninjs/ninjs.ts'
import {savedHtml} from './savedHtml/savedHtml.ts'
import {textDump} from './textDump/textDump.ts'
import {wxr} from './wxr/wxr.ts'

const formats: readonly Format[] = [ghost, ans, ninjs, wxr, savedHtml, textDump]

/** The format of a file, or undefined if no reader knows it. */
export function formatOf(head: Head): Format | undefined {
  return formats.find((format) => format.detects(head))
}

/** What the import cannot read yet, by the root element of the XML. */
const LATER: readonly (readonly [RegExp, string])[] = [
  [/<rss[\s>]/i, 'an RSS feed'],
  [/<(?:\w+:)?feed[\s>]/i, 'an Atom feed'],
  [/<(?:\w+:)?newsItem[\s>]/, 'NewsML-G2'],
  [/<nitf[\s>]/i, 'NITF'],
]

/** The format of a file that the import will read in a later version. */
export function laterFormat({text}: Head): string | undefined {
  return LATER.find(([root]) => root.test(text.slice(0, 2000)))?.[1]
}

/** Says what a file is that no reader knows. */
export function unknownContent(head: Head): string {
  if (head.text.trim() === '') return 'an empty or binary file'
  const later = laterFormat(head)
  if (later !== undefined) return `${later}, which the import does not read yet`
  return 'content of no format that the import reads'
}
