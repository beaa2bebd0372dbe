/** Annotations on the words in a paragraph that name one of the story’s credited publishers. */
import type {Printed} from '../model/parsedStory.ts'
import {lineKey} from './lineKey.ts'
import type {Mark} from './paragraphBlock.ts'
import {reference} from './reference.ts'

export interface NamedSource {
  readonly name: string
  readonly creditId: string
}

export function attributionMarks(paragraph: Printed, sources: readonly NamedSource[]): Mark[] {
  const found = sources.flatMap(({name, creditId}) =>
    occurrences(paragraph.text, name).map((start) => ({start, end: start + name.length, creditId})),
  )
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

/** Where the name stands as words of its own. */
function occurrences(text: string, name: string): number[] {
  const starts: number[] = []
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(0, at).at(-1) ?? ''
    const after = text.charAt(at + name.length)
    if (![before, after].some((next) => /[\p{L}\p{N}]/u.test(next))) starts.push(at)
  }
  return starts
}
