/** One paragraph, heading or list item while it is being read: text with marks becomes spans. */
import type {Annotation, Block} from '../../seed/model/seedDocument.ts'
import type {BlockStyle} from './elements.ts'

export interface TextBlock {
  /**
   * `marks` are decorators, and addresses of links as `linkMark` writes them. `keepsSpace`: line
   * breaks stay, as in `<pre>` and for `<br>`.
   */
  add(text: string, marks: readonly string[], keepsSpace?: boolean): void
  /** Begins a new line, unless this is the beginning of one. */
  breakLine(): void
  /** Undefined if there is nothing to read in it. */
  close(): Block | undefined
}

interface Span {
  text: string
  readonly marks: readonly string[]
}

type List = {readonly kind: 'bullet' | 'number'; readonly level: number}

const LINK = 'link:'

/** The mark of words that link to this address, in whichever block they are. */
export function linkMark(address: string): string {
  return LINK + address
}

export function createTextBlock(key: string, style: BlockStyle, list: List | undefined): TextBlock {
  const spans: Span[] = []
  const links: Annotation[] = []

  const link = (address: string): string => {
    const same = links.find((one) => one._type === 'link' && one.href === address)
    if (same) return same._key
    const _key = `${key}a${links.length + 1}`
    links.push({_type: 'link', _key, href: address})
    return _key
  }

  const lastSign = (): string => spans.findLast(({text}) => text !== '')?.text.at(-1) ?? '\n'

  return {
    add(source, given, keepsSpace = false) {
      const marks = given.map((mark) =>
        mark.startsWith(LINK) ? link(mark.slice(LINK.length)) : mark,
      )
      let text = readable(source)
      if (!keepsSpace) {
        text = text.replace(/\s+/g, ' ')
        if (/\s/.test(lastSign())) text = text.replace(/^ /, '')
      }
      const last = spans.at(-1)
      if (last && sameMarks(last.marks, marks)) last.text += text
      else if (text !== '') spans.push({text, marks})
    },
    breakLine() {
      if (lastSign() !== '\n') spans.push({text: '\n', marks: []})
    },
    close() {
      trimEnds(spans)
      const kept = spans.filter(({text}) => text !== '')
      if (kept.length === 0) return undefined
      const used = new Set(kept.flatMap(({marks}) => marks))
      return {
        _type: 'block',
        _key: key,
        style: list ? 'normal' : style,
        ...(list && {listItem: list.kind, level: list.level}),
        markDefs: links.filter(({_key}) => used.has(_key)),
        children: kept.map(({marks, text}, index) => ({
          _type: 'span',
          _key: `${key}s${index + 1}`,
          text: text.normalize('NFC'),
          marks: [...marks],
        })),
      }
    },
  }
}

/** Characters that no reader sees go; spaces that do not break become plain ones. */
function readable(text: string): string {
  return text.replace(/[\u00AD\u200B\uFEFF]/g, '').replace(/[\u00A0\u2007\u202F]/g, ' ')
}

/** Text in one line, as readers see it: for captions and cells. */
export function plainLine(text: string): string {
  return readable(text).trim().replace(/\s+/g, ' ').normalize('NFC')
}

function sameMarks(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((mark, index) => mark === b[index])
}

function trimEnds(spans: Span[]): void {
  const first = spans.find(({text}) => text.trim() !== '')
  for (const span of spans) {
    span.text = span === first ? span.text.trimStart() : first ? span.text : ''
    if (span === first) break
    span.text = ''
  }
  for (const span of spans.toReversed()) {
    span.text = span.text.trimEnd()
    if (span.text !== '') break
  }
}
