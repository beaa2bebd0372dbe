/** The sources of a story. */
import {creditText} from '../body/credit.ts'
import type {CreditLineAnswer, StoryAnswer} from '../view/answers.ts'
import type {ViewContext} from '../view/context.ts'
import {h} from '../view/element.ts'
import type {Element, Node} from '../view/element.ts'
import {wordsIn} from '../view/words/wordsIn.ts'

/** A numbered source, or one without a number, and the lines that belong to it. */
interface Source {
  readonly number: number | null
  readonly lines: readonly CreditLineAnswer[]
}

/** The list of sources, numbered if the editor numbered them; null without any. */
export const creditsView = (
  {credits}: Pick<StoryAnswer, 'credits'>,
  {language}: ViewContext,
): Element | null => {
  const lines = (credits ?? []).filter((line) => creditText(line) !== null)
  if (lines.length === 0) return null
  const isNumbered = lines.some(({number}) => typeof number === 'number')
  const sources = isNumbered ? grouped(lines) : lines.map((line) => ({number: null, lines: [line]}))
  return h(
    'section',
    {class: 'credits'},
    h('h2', {}, wordsIn(language).sources),
    h(
      isNumbered ? 'ol' : 'ul',
      {},
      sources.map(({number, lines: own}) => h('li', {value: number}, withBreaks(own))),
    ),
  )
}

/** A line without a number belongs to the line above it. */
const grouped = (lines: readonly CreditLineAnswer[]): Source[] => {
  const sources: {number: number | null; lines: CreditLineAnswer[]}[] = []
  for (const line of lines) {
    const last = sources.at(-1)
    if (typeof line.number !== 'number' && last !== undefined) last.lines.push(line)
    else sources.push({number: line.number ?? null, lines: [line]})
  }
  return sources
}

const withBreaks = (lines: readonly CreditLineAnswer[]): Node[] =>
  lines.flatMap((line, index) => {
    const text = creditText(line)
    if (text === null) return []
    return index === 0 ? [text] : [h('br', {}), text]
  })
