/**
 * An article → the file it was imported from, to the last byte. It reads only the article: its own
 * fields first, then its provenance for the rest. This proves that an import loses nothing, and
 * makes it possible to undo one.
 */
import type {Article, Figure, NewsBody} from '../model/seedDocument.ts'
import {writeSourceText, type SourceLine} from '../parse/sourceText.ts'

/** Throws an Error that names the line if the article no longer holds it. */
export function rebuildSource(article: Article): Uint8Array {
  const {provenance} = article
  if (!provenance) throw new Error(`${article._id} was not imported: it has no provenance.`)
  const {furniture = [], lineCount = 0, normalisations = [], placed = []} = provenance
  const texts = new Map<number, string>()
  const body = new Map(article.body.map((part) => [`body[_key=="${part._key}"]`, part]))
  const own = (field: string): string | undefined => {
    if (field === 'headline') return article.headline
    return wordsOf(field === 'leadMedia' ? article.leadMedia : body.get(field))
  }
  for (const {line, text} of furniture) texts.set(line, text)
  for (const {field, line, text = own(field)} of placed) {
    if (text === undefined) throw new Error(`${article._id}: line ${line} is not in ${field}.`)
    texts.set(line, text)
  }

  const lines = Array.from({length: lineCount}, (_, index): SourceLine => {
    const number = index + 1
    return {number, text: texts.get(number) ?? ''}
  })
  const whole = new Set(normalisations.filter(({line}) => !line).map(({kind}) => kind))
  return writeSourceText({
    lines,
    byteOrderMark: whole.has('byteOrderMark'),
    lineEnds: whole.has('lineEndings')
      ? 'windows'
      : whole.has('classicMacLineEnds')
        ? 'classicMac'
        : 'unix',
  })
}

function wordsOf(part: NewsBody[number] | Figure | undefined): string | undefined {
  if (part?._type === 'figure') return part.sourceText
  if (part?._type !== 'block') return undefined
  return part.children?.map(({text}) => text ?? '').join('')
}
