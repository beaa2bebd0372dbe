/**
 * An article → the file it was imported from, to the last byte. It reads the article alone: its
 * own fields first, and its provenance for what they do not hold. This is the proof that an import
 * loses nothing, and the way back if it ever has to be undone.
 */
import type {Article} from '../model/article.ts'
import type {Provenance} from '../model/provenance.ts'
import {writeSourceText, type SourceLine} from '../parse/sourceText.ts'

/** Throws an Error naming the line when the article no longer holds it. */
export function rebuildSource(article: Article): Uint8Array {
  const {provenance} = article
  if (!provenance) throw new Error(`${article._id} was not imported: it has no provenance.`)
  const {furniture = [], lineCount = 0, normalisations = [], placed = []} = provenance
  const texts = new Map<number, string>()
  for (const {line, text} of furniture) texts.set(line, text)
  for (const one of placed) texts.set(one.line, one.text ?? fieldText(article, one))

  const lines = Array.from({length: lineCount}, (_, index): SourceLine => {
    const number = index + 1
    return {number, text: texts.get(number) ?? ''}
  })
  const whole = new Set(normalisations.filter(({line}) => !line).map(({kind}) => kind))
  return writeSourceText({
    lines,
    byteOrderMark: whole.has('byteOrderMark'),
    windowsLineEnds: whole.has('lineEndings'),
  })
}

type PlacedLine = NonNullable<Provenance['placed']>[number]

function fieldText(article: Article, {line, field}: PlacedLine): string {
  const text = ownText(article, field)
  if (text === undefined) throw new Error(`${article._id}: line ${line} is not in ${field}.`)
  return text
}

function ownText(article: Article, field: string): string | undefined {
  if (field === 'headline') return article.headline
  if (field === 'leadMedia') return article.leadMedia?.sourceText
  const [, key] = /^body\[_key=="([^"]+)"\]$/.exec(field) ?? []
  const part = article.body.find(({_key}) => _key === key)
  if (part?._type === 'figure') return part.sourceText
  if (part?._type !== 'block') return undefined
  return part.children?.map(({text}) => text ?? '').join('')
}
