/** Annotations on mentions of the story’s credited publishers in a paragraph. */
import type {Printed} from '../model/parsedStory.ts'
import {lineKey} from './lineKey.ts'
import type {Mark} from './paragraphBlock.ts'
import {reference} from './reference.ts'

export interface NamedSource {
  readonly name: string
  readonly creditId: string
}

export function attributionMarks(paragraph: Printed, sources: readonly NamedSource[]): Mark[] {
  const found: {start: number; end: number; creditId: string}[] = []
  // Longer names first: “The Times” inside “The Sunday Times” is not another source.
  for (const {name, creditId} of sources.toSorted((a, b) => b.name.length - a.name.length)) {
    for (const start of occurrences(paragraph.text, name)) {
      const end = start + name.length
      if (!found.some((one) => start < one.end && one.start < end))
        found.push({start, end, creditId})
    }
  }
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({start, end, creditId}, index) => ({
      start,
      end,
      annotation: {
        _type: 'attribution',
        _key: `${lineKey(paragraph.line)}-a${index + 1}`,
        credit: reference(creditId),
      },
    }))
}

/** Where the name occurs as whole words: `Apple TV` is not in `Apple TV+`. */
function occurrences(text: string, name: string): number[] {
  const starts: number[] = []
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(0, at).at(-1) ?? ''
    const after = text.charAt(at + name.length)
    if (![before, after].some((next) => /[\p{L}\p{N}+#]/u.test(next))) starts.push(at)
  }
  return starts
}
