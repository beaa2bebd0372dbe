/**
 * Finds the shortcodes of WordPress, such as `[gallery ids="1,2"]` or `[caption]…[/caption]`. What
 * a shortcode means is not decided here. Prose has square brackets, too: `[sic]`, `[the mayor]`.
 */
export interface Shortcode {
  readonly name: string
  /** Names in lower case. */
  readonly attributes: ReadonlyMap<string, string>
  /** Values without a name, in order. */
  readonly values: readonly string[]
  /** The opening tag as written. */
  readonly tag: string
  readonly at: number
  /** After the closing tag, if there is one. */
  readonly end: number
  /** What is between opening and closing tag. */
  readonly content?: {readonly from: number; readonly to: number}
}

interface Tag extends Omit<Shortcode, 'content'> {
  readonly closing: boolean
}

/** `[[name]]` is how WordPress writes a bracket that is no shortcode. */
export interface Escaped {
  readonly escaped: string
  readonly at: number
  readonly end: number
}

/**
 * The outermost shortcodes and escaped brackets, in order. With `within`, only in that part of the
 * text. Brackets in HTML tags and comments are left alone.
 */
export function findShortcodes(
  text: string,
  within: {from: number; to: number} = {from: 0, to: text.length},
): readonly (Shortcode | Escaped)[] {
  const tags = tagsIn(text, within.from, within.to)
  const closers = closersOf(tags)
  const found: (Shortcode | Escaped)[] = []
  let from = within.from
  for (const [index, tag] of tags.entries()) {
    if (tag.at < from) continue
    if ('escaped' in tag) {
      found.push(tag)
      from = tag.end
      continue
    }
    const {closing, ...own} = tag
    if (closing) continue
    const closer = closers.get(index)
    found.push(closer ? {...own, end: closer.end, content: {from: tag.end, to: closer.at}} : own)
    from = closer?.end ?? tag.end
  }
  return found
}

/** For each opening tag the tag that closes it; tags of one name nest. */
function closersOf(tags: readonly (Tag | Escaped)[]): ReadonlyMap<number, Tag> {
  const closers = new Map<number, Tag>()
  const open = new Map<string, number[]>()
  for (const [index, tag] of tags.entries()) {
    if ('escaped' in tag) continue
    const waiting = open.get(tag.name) ?? []
    if (!tag.closing) open.set(tag.name, [...waiting.slice(-50), index])
    else {
      const opener = waiting.pop()
      if (opener !== undefined) closers.set(opener, tag)
    }
  }
  return closers
}

const NAME = /\[(\[?)(\/?)([A-Za-z][\w-]*)(?=[\s\]/=])/y
/** Tags of HTML, and comments: nothing in them is a shortcode. */
const MARKUP = /<!--[^]*?-->|<\/?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>/y

function tagsIn(text: string, from: number, to: number): readonly (Tag | Escaped)[] {
  const tags: (Tag | Escaped)[] = []
  for (let at = from; at < to; at += 1) {
    const letter = text[at]
    if (letter === '<') {
      MARKUP.lastIndex = at
      const markup = MARKUP.exec(text)
      if (markup) at += markup[0].length - 1
    } else if (letter === '[') {
      const tag = tagAt(text, at)
      if (tag && tag.end <= to) {
        tags.push(tag)
        at = tag.end - 1
      }
    }
  }
  return tags
}

const ATTRIBUTE =
  /\s*(?:([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s'"\]]+))|"([^"]*)"|'([^']*)'|([^\s'"\]/]+|\/(?!\])))/y

function tagAt(text: string, at: number): Tag | Escaped | undefined {
  NAME.lastIndex = at
  const [opening, escape, slash, name = ''] = NAME.exec(text) ?? []
  if (opening === undefined) return undefined
  const attributes = new Map<string, string>()
  const values: string[] = []
  let end = at + opening.length
  for (;;) {
    ATTRIBUTE.lastIndex = end
    const found = ATTRIBUTE.exec(text)
    if (!found || found[0] === '') break
    const [whole, key, double, single, bare, ...alone] = found
    if (key === undefined) values.push(alone.find((value) => value !== undefined) ?? '')
    else attributes.set(key.toLowerCase(), double ?? single ?? bare ?? '')
    end += whole.length
  }
  const [rest = '', , ended] = /^\s*(\/?)(\])?/.exec(text.slice(end, end + 100)) ?? []
  if (!ended) return undefined
  end += rest.length
  if (escape) {
    if (text[end] !== ']') return undefined
    return {escaped: text.slice(at + 1, end), at, end: end + 1}
  }
  return {
    name,
    attributes,
    values,
    tag: text.slice(at, end),
    at,
    end,
    closing: slash === '/',
  }
}

/**
 * Whether brackets without a closing tag can only be a shortcode: they have a named value, or a
 * name that is no word. One word in brackets, such as `[sic]`, is prose.
 */
export function isSurely({attributes, content, name}: Shortcode): boolean {
  return content !== undefined || attributes.size > 0 || /[_\d-]/.test(name)
}
