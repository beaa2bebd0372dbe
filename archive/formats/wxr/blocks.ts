/**
 * The block grammar of WordPress: `<!-- wp:name {"json": true} -->…<!-- /wp:name -->`. As lenient
 * as WordPress itself, but it says where it had to be. Written from the description in the Block
 * Editor Handbook, because WordPress's own parser has another licence.
 */
export interface Html {
  readonly html: string
  /** Where it begins in the source. */
  readonly at: number
}

export interface Block {
  /** With its namespace: `core/paragraph`. */
  readonly name: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** What is in it, in order: HTML and other blocks. */
  readonly inside: readonly (Html | Block)[]
  readonly at: number
  /** Where its last comment ends. */
  readonly end: number
  readonly broken?: BrokenBlock
}

/** `unclosed`: it ends with the block around it. `attributes`: they are not JSON. */
export type BrokenBlock = 'unclosed' | 'attributes'

export interface ParsedBlocks {
  readonly pieces: readonly (Html | Block)[]
  /** Closing comments that close nothing. */
  readonly strays: readonly Html[]
}

export const hasBlocks = (source: string): boolean => /<!--\s+wp:/.test(source)

interface Opened {
  readonly name: string
  readonly attributes: Readonly<Record<string, unknown>> | undefined
  readonly inside: (Html | Block)[]
  readonly at: number
}

const COMMENT = /<!--\s+(\/)?wp:([a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)?)(\s[^]*?)?-->/g

/** Deeper blocks are read as if they stood in the deepest one. */
const DEPTH_MAX = 100

export function parseBlocks(source: string): ParsedBlocks {
  const pieces: (Html | Block)[] = []
  const strays: Html[] = []
  const open: Opened[] = []
  let from = 0

  const target = (): (Html | Block)[] => open.at(-1)?.inside ?? pieces
  const html = (end: number): void => {
    if (end > from) target().push({html: source.slice(from, end), at: from})
  }
  const close = (end: number, unclosed: boolean): void => {
    const block = open.pop()
    if (!block) return
    const {at, attributes, inside, name} = block
    const broken = attributes === undefined ? 'attributes' : unclosed ? 'unclosed' : undefined
    target().push({
      name,
      attributes: attributes ?? {},
      inside,
      at,
      end,
      ...(broken && {broken}),
    })
  }

  for (const found of source.matchAll(COMMENT)) {
    const [whole, closing, written = '', rest = ''] = found
    const at = found.index
    const end = at + whole.length
    const name = written.includes('/') ? written : `core/${written}`
    html(at)
    from = end
    if (closing) {
      const depth = open.findLastIndex((one) => one.name === name)
      if (depth === -1) strays.push({html: whole, at})
      else {
        while (open.length > depth + 1) close(at, true)
        close(end, false)
      }
      continue
    }
    const empty = rest.trimEnd().endsWith('/')
    const attributes = jsonOf(empty ? rest.trimEnd().slice(0, -1) : rest)
    if (open.length >= DEPTH_MAX && !empty) {
      strays.push({html: whole, at})
      continue
    }
    open.push({name, attributes, inside: [], at})
    if (empty) close(end, false)
  }
  html(source.length)
  while (open.length > 0) close(source.length, true)
  return {pieces, strays}
}

/** Undefined when there is something and it is not an object. */
function jsonOf(written: string): Readonly<Record<string, unknown>> | undefined {
  if (written.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(written)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
