/** Takes the prose out of a file: comments and string literals of code, Markdown outside of code. */

/** A comment, a string or a line of Markdown. */
export interface Prose {
  /** The line of the file, from 1, on which each line of `text` stands begins here. */
  readonly line: number
  readonly text: string
}

/** After these a slash begins a regular expression, not a division. */
const BEFORE_REGEXP = /(?:^|[=(,:;!&|?{}[+\-*%<>~^\n]|\b(?:return|typeof|case|in|of|do|else))\s*$/

/** The end of a regular expression that begins at `start`, or of the line. */
const endOfRegExp = (code: string, start: number): number => {
  let inClass = false
  for (let at = start + 1; at < code.length; at += 1) {
    const character = code[at]
    if (character === '\n') return at
    if (character === '\\') at += 1
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) return at + 1
  }
  return code.length
}

/** The end of a string that begins at `start` with a quotation mark. */
const endOfString = (code: string, start: number): number => {
  const mark = code[start]
  for (let at = start + 1; at < code.length; at += 1) {
    if (code[at] === '\\') at += 1
    else if (code[at] === mark) return at + 1
    else if (code[at] === '\n') return at
  }
  return code.length
}

/** Comments and strings of TypeScript or JavaScript. Expressions inside templates are code again. */
export const proseOfCode = (code: string): Prose[] => {
  const found: Prose[] = []
  let line = 1
  /** Up to where `line` has counted; pieces are found in order. */
  let counted = 0
  const add = (start: number, end: number): void => {
    line += code.slice(counted, start).split('\n').length - 1
    counted = start
    found.push({line, text: code.slice(start, end)})
  }
  /** For each template that is open, how many braces of an expression in it are open. */
  const templates: number[] = []
  let at = 0
  const template = (start: number): void => {
    let end = start
    for (; end < code.length && code[end] !== '`'; end += 1) {
      if (code[end] === '\\') end += 1
      else if (code.startsWith('${', end)) break
    }
    add(start, end)
    if (code[end] === '`') templates.pop()
    else templates[templates.length - 1] = 1
    at = end + (code[end] === '`' ? 1 : 2)
  }
  const endOf = (mark: string, from: number): number => {
    const end = code.indexOf(mark, from)
    return end === -1 ? code.length : end + mark.length
  }
  while (at < code.length) {
    const start = at
    const character = code[at]
    const open = templates.at(-1)
    if (code.startsWith('//', at)) add(start, (at = endOf('\n', at)))
    else if (code.startsWith('/*', at)) add(start, (at = endOf('*/', at)))
    else if (character === "'" || character === '"') add(start, (at = endOfString(code, at)))
    else if (character === '`') {
      templates.push(0)
      template(at + 1)
    } else if (character === '/' && BEFORE_REGEXP.test(code.slice(Math.max(0, at - 12), at))) {
      at = endOfRegExp(code, at)
    } else {
      at += 1
      if (open !== undefined && character === '{') templates[templates.length - 1] = open + 1
      else if (open !== undefined && character === '}') {
        templates[templates.length - 1] = open - 1
        if (open === 1) template(at)
      }
    }
  }
  return found
}

const blank = (code: string): string => code.replaceAll(/[^\n]/g, ' ')

/** Markdown without code blocks and code spans, whose words are names. */
export const proseOfMarkdown = (page: string): Prose[] => {
  return [
    {line: 1, text: page.replaceAll(/^```[^]*?^```/gm, blank).replaceAll(/`[^`\n]*`/g, blank)},
  ]
}

/** Comments of a shell script. */
export const proseOfScript = (script: string): Prose[] =>
  script.split('\n').flatMap((text, index) => (/#/.test(text) ? [{line: index + 1, text}] : []))
