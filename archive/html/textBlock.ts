/** Text with marks → one block of the body: a paragraph, heading or list item. */
import type {Annotation, Block} from '../../seed/model/seedDocument.ts'
import type {Mark, Run, TextPart} from './part.ts'

/** The names of marks in the content model. */
const DECORATORS: Readonly<Record<Mark, string>> = {
  strong: 'strong',
  em: 'em',
  underline: 'underline',
  strike: 'strike-through',
  sub: 'sub',
  sup: 'sup',
  code: 'code',
}

/** Undefined if nothing in it can be read, such as a paragraph of invisible characters. */
export function textBlock(key: string, part: TextPart): Block | undefined {
  const links: Annotation[] = []
  const linkTo = (href: string): string => {
    const same = links.find((one) => one._type === 'link' && one.href === href)
    if (same) return same._key
    const _key = `${key}a${links.length + 1}`
    links.push({_type: 'link', _key, href})
    return _key
  }
  const children = readableRuns(part.runs, part.style === 'preformatted').map(
    ({href, marks, text}, index) => ({
      _type: 'span' as const,
      _key: `${key}s${index + 1}`,
      text,
      marks: [...marks.map((mark) => DECORATORS[mark]), ...(href ? [linkTo(href)] : [])],
    }),
  )
  if (children.length === 0) return undefined
  return {
    _type: 'block',
    _key: key,
    style: styleOf(part),
    ...(part.list && {listItem: part.list.kind, level: part.list.level}),
    markDefs: links,
    children,
  }
}

/** A story has two levels of subheadings; the headline is above them. */
function styleOf({level = 2, list, style}: TextPart): 'normal' | 'h2' | 'h3' | 'blockquote' {
  if (list) return 'normal'
  if (style === 'heading') return level <= 2 ? 'h2' : 'h3'
  return style === 'blockquote' ? 'blockquote' : 'normal'
}

/** Runs as readers see them, without space at the ends, empty ones left out. */
function readableRuns(runs: readonly Run[], isExact: boolean): Run[] {
  const kept: Run[] = []
  let before = '\n'
  for (const run of runs) {
    let text = readable(run.text)
    if (!isExact) text = text.replace(/ {2,}/g, ' ')
    if (!isExact && /\s/.test(before)) text = text.replace(/^ /, '')
    if (kept.length === 0) text = text.trimStart()
    if (text === '') continue
    before = text.at(-1) ?? before
    kept.push({...run, text})
  }
  for (let last = kept.pop(); last; last = kept.pop()) {
    const text = last.text.trimEnd()
    if (text === '') continue
    kept.push({...last, text})
    break
  }
  return kept
}

/** Characters that no reader sees go; spaces that do not break become plain ones. */
function readable(text: string): string {
  return text
    .replace(/[\u00AD\u200B\uFEFF]/g, '')
    .replace(/[\u00A0\u2007\u202F]/g, ' ')
    .normalize('NFC')
}

/** Runs as the text of a caption or a field: marks go, line ends stay. */
export function plainText(runs: readonly Run[]): string {
  return plainWords(runs.map(({text}) => text).join(''))
}

/** Text as readers see it, for captions and cells. */
export function plainWords(text: string): string {
  return readable(text)
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim()
}
