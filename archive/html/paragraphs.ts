/**
 * Collects words, breaks and pictures as they come, and makes paragraphs of them: white space
 * folded as browsers do, paragraphs cut where two breaks follow each other.
 */
import type {Mark, Part, Run, TextPart} from './part.ts'

/** How words are to be read: what is around them decides it. */
export interface Manner {
  readonly style: TextPart['style']
  readonly level?: number
  readonly list?: TextPart['list']
  readonly marks: readonly Mark[]
  readonly href?: string
  /** White space counts. */
  readonly exact: boolean
}

type Token =
  | {readonly run: Run; readonly exact: boolean; readonly at: number}
  | {readonly part: Part}
  | 'break'
  | 'paragraph'

export interface ParagraphCollector {
  readonly words: (text: string, manner: Manner, at: number, added?: true) => void
  readonly lineBreak: () => void
  /** A break, unless nothing or a break is before it. */
  readonly freshLine: () => void
  /** Ends a paragraph inside of running text. */
  readonly paragraphBreak: () => void
  /** A part that has no words: it does not cut the paragraph that it is in. */
  readonly part: (part: Part) => void
  /** Whether the paragraph that is being collected has words. */
  readonly hasWords: () => boolean
  /** The paragraphs and parts since the last call. */
  readonly take: (manner: Pick<Manner, 'style' | 'level' | 'list'>) => Part[]
}

export function paragraphCollector(): ParagraphCollector {
  let tokens: Token[] = []
  const taken = (): Token[] => {
    const all = tokens
    tokens = []
    return all
  }
  return {
    words: (text, {exact, href, marks}, at, added) => {
      tokens.push({run: {text, marks, ...(href && {href}), ...(added && {added})}, exact, at})
    },
    lineBreak: () => tokens.push('break'),
    freshLine: () => {
      const last = tokens.findLast((token) => token === 'break' || isWords(token))
      if (last !== undefined && last !== 'break') tokens.push('break')
    },
    paragraphBreak: () => tokens.push('paragraph'),
    part: (part) => tokens.push({part}),
    hasWords: () => {
      const last = tokens.lastIndexOf('paragraph')
      return tokens.slice(last + 1).some((token) => isWords(token))
    },
    take: ({level, list, style}) => {
      const one = list !== undefined || style === 'heading' || style === 'preformatted'
      const groups = one ? [taken()] : paragraphsIn(taken())
      return groups.flatMap((group) => {
        const runs = runsOf(group)
        const first = group.findIndex(isWords)
        const at = startIn(group)
        const text: Part[] =
          runs.length === 0 || at === undefined
            ? []
            : [{kind: 'text', style, ...(level && {level}), ...(list && {list}), runs, at}]
        return [
          ...partsIn(group.slice(0, Math.max(first, 0))),
          ...text,
          ...partsIn(group.slice(Math.max(first, 0))),
        ]
      })
    },
  }
}

function isWords(token: Token): boolean {
  return typeof token === 'object' && 'run' in token && token.run.text.trim() !== ''
}

function startIn(group: readonly Token[]): number | undefined {
  for (const token of group) {
    if (typeof token === 'object' && 'run' in token && token.run.text.trim() !== '') return token.at
  }
  return undefined
}

function partsIn(group: readonly Token[]): Part[] {
  return group.flatMap((token) =>
    typeof token === 'object' && 'part' in token ? [token.part] : [],
  )
}

/** Two breaks in a row, with nothing but space between them, end a paragraph as well. */
function paragraphsIn(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]]
  let breaks = 0
  for (const token of tokens) {
    if (token === 'paragraph') groups.push([])
    else if (token === 'break') {
      breaks += 1
      if (breaks === 2) groups.push([])
      else groups.at(-1)?.push(token)
      continue
    } else if (isWords(token) || 'part' in token) breaks = 0
    if (token === 'paragraph') breaks = 0
    else groups.at(-1)?.push(token)
  }
  return groups
}

function runsOf(tokens: readonly Token[]): readonly Run[] {
  const runs: {text: string; marks: readonly Mark[]; href?: string; added?: true}[] = []
  const ends = (): string => runs.at(-1)?.text.at(-1) ?? '\n'
  const push = (run: Run): void => {
    const last = runs.at(-1)
    if (last && sameManner(last, run)) last.text += run.text
    else if (run.text !== '') runs.push({...run})
  }
  const trimEnd = (pattern: RegExp): void => {
    for (let last = runs.at(-1); last; last = runs.at(-1)) {
      last.text = last.text.replace(pattern, '')
      if (last.text !== '') return
      runs.pop()
    }
  }
  for (const token of tokens) {
    if (token === 'break' || token === 'paragraph') {
      trimEnd(/ +$/)
      if (runs.length > 0) push({text: '\n', marks: [], ...linkOver(runs.at(-1))})
    } else if ('run' in token) {
      const {run} = token
      const folded = token.exact ? run.text : run.text.replace(/[ \t\n\r\f]+/g, ' ')
      const glued = !token.exact && /[ \n]/.test(ends()) ? folded.replace(/^ /, '') : folded
      push({...run, text: glued})
    }
  }
  trimEnd(/[ \t\n\r\f]+$/)
  return runs
}

/** A break inside a link or marked words belongs to them, so that they stay one run. */
function linkOver(last: Run | undefined): Partial<Run> {
  return last ? {marks: last.marks, ...(last.href && {href: last.href})} : {}
}

function sameManner(a: Run, b: Run): boolean {
  return (
    a.href === b.href &&
    a.added === b.added &&
    a.marks.length === b.marks.length &&
    a.marks.every((mark, index) => mark === b.marks[index])
  )
}
