/**
 * A WordPress export (WXR 1.0 to 1.2) as a stream of records, one item in memory at a time. Names
 * count by their namespace, not by their prefix. What must not leave the export never becomes part
 * of a record: passwords, e-mail addresses, and all that commenters wrote or are.
 */
import {SaxesParser, type SaxesTagNS} from 'saxes'

import {bareAmpersands} from './ampersands.ts'

export interface Term {
  /** `category`, `post_tag`, `author` or a taxonomy of the site. */
  readonly domain: string
  readonly slug: string
  readonly name: string
}

export interface WxrItem {
  readonly kind: 'item'
  /** The line on which it begins. */
  readonly line: number
  /** First value of each element by its short name: `title`, `post_type`, `content:encoded`. */
  readonly fields: ReadonlyMap<string, string>
  readonly terms: readonly Term[]
  /** In the order of the file; keys can repeat. */
  readonly meta: readonly {readonly key: string; readonly value: string}[]
  /** WordPress asks readers for a password; which one is not read. */
  readonly hasPassword: boolean
  readonly comments: number
  /** Elements that were there a second time, and ones of a namespace that is not WordPress's. */
  readonly leftOver: readonly {readonly name: string; readonly value: string}[]
}

/** An author, term or the site itself. */
export interface WxrEntry {
  readonly kind: 'author' | 'category' | 'tag' | 'term' | 'site'
  readonly line: number
  readonly fields: ReadonlyMap<string, string>
}

export type WxrRecord = WxrItem | WxrEntry

/** The file is not XML, or no WordPress export. */
export class BrokenExport extends Error {
  readonly line: number
  readonly column: number

  constructor(line: number, column: number, reason: string) {
    super(reason)
    this.name = 'BrokenExport'
    this.line = line
    this.column = column
  }
}

/** Longer texts are no story: the longest of a newspaper have some hundred thousand letters. */
const TEXT_MAX = 8_000_000

const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/wordpress\.org\/export\/1\.[0-2]\/$/, ''],
  [/^http:\/\/wordpress\.org\/export\/1\.[0-2]\/excerpt\/$/, 'excerpt:'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content:'],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc:'],
]

/** Never read, whatever is in them. */
const SECRET: ReadonlySet<string> = new Set(['author_email', 'post_password', 'comment'])
const SECRET_META = /pass(?:word|wd)?$|secret|token|api_?key|licen[cs]e_?key|e-?mail|_ip$/i
/** Hashes of passwords, values of PHP with such a key, and addresses of people. */
const SECRET_VALUE =
  /\$P\$[./0-9A-Z]{31}|\$2[aby]\$\d\d\$[./0-9A-Z]{53}|s:\d+:"[^"]{0,40}(?:pass(?:word|wd)?|secret|token|api_?key|e-?mail)";|^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/i

/** Throws a BrokenExport at the first fault of the XML, with its line and column. */
export async function* wxrRecords(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<WxrRecord> {
  const waiting: WxrRecord[] = []
  const {end, write} = wxrParser((record) => waiting.push(record))
  const decoder = new TextDecoder('utf-8', {fatal: true})
  for await (const chunk of chunks) {
    write(decode(decoder, chunk))
    yield* waiting.splice(0)
  }
  write(decode(decoder))
  end()
  yield* waiting.splice(0)
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, {stream: true}) : decoder.decode()
  } catch {
    throw new BrokenExport(0, 0, 'bytes that are not UTF-8')
  }
}

interface OpenItem {
  readonly line: number
  readonly fields: Map<string, string>
  readonly terms: Term[]
  readonly meta: {key: string; value: string}[]
  readonly leftOver: {name: string; value: string}[]
  hasPassword: boolean
  comments: number
}

interface OpenTag {
  /** Its short name; undefined when its namespace is none of WordPress's. */
  readonly name: string | undefined
  readonly written: string
  readonly attributes: Readonly<Record<string, string>>
}

const ENTRIES: Readonly<Record<string, WxrEntry['kind']>> = {
  author: 'author',
  category: 'category',
  tag: 'tag',
  term: 'term',
}

function wxrParser(emit: (record: WxrRecord) => void): {
  write: (text: string) => void
  end: () => void
} {
  const parser = new SaxesParser({xmlns: true, position: true})
  const path: OpenTag[] = []
  let text = ''
  let hidden = 0
  let item: OpenItem | undefined
  let entry: {kind: WxrEntry['kind']; line: number; fields: Map<string, string>} | undefined
  let meta: {key: string; value: string} | undefined
  let seen = false
  const site = {line: 1, fields: new Map<string, string>()}
  let siteGiven = false

  const fail = (reason: string): never => {
    throw new BrokenExport(parser.line, parser.column, reason)
  }
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '')))
  const add = (more: string): void => {
    if (hidden > 0) return
    text += more
    if (text.length > TEXT_MAX) fail(`a text of more than ${TEXT_MAX} letters`)
  }

  const giveSite = (): void => {
    if (siteGiven) return
    siteGiven = true
    emit({kind: 'site', ...site})
  }

  parser.on('opentag', (tag) => {
    const open = openTag(tag)
    path.push(open)
    text = ''
    if (tag.uri.startsWith('http://wordpress.org/export/')) seen = true
    const {name} = open
    if (hidden > 0 || (name !== undefined && SECRET.has(name))) {
      if (hidden === 0 && name === 'comment' && item) item.comments += 1
      hidden += 1
      return
    }
    if (path.length === 3 && name === 'item') {
      giveSite()
      item = {
        line: parser.line,
        fields: new Map(),
        terms: [],
        meta: [],
        leftOver: [],
        hasPassword: false,
        comments: 0,
      }
    } else if (path.length === 3 && name !== undefined && tag.uri !== '') {
      const kind = ENTRIES[name]
      if (kind) entry = {kind, line: parser.line, fields: new Map()}
    } else if (path.length === 4 && name === 'postmeta') meta = {key: '', value: ''}
  })

  parser.on('closetag', () => {
    const tag = path.pop()
    if (!tag) return
    if (hidden > 0) {
      hidden -= 1
      text = ''
      return
    }
    const value = text
    text = ''
    close(tag, value, path.length)
  })
  // The text of a password is never kept, only whether there is one.
  const notePassword = (more: string): void => {
    if (item && path.at(-1)?.name === 'post_password' && more.trim() !== '') item.hasPassword = true
  }
  parser.on('text', (more) => {
    notePassword(more)
    add(more)
  })
  parser.on('cdata', (more) => {
    notePassword(more)
    add(more)
  })

  const close = ({attributes, name, written}: OpenTag, value: string, depth: number): void => {
    if (depth === 2 && name === 'item' && item) {
      emit({kind: 'item', ...item})
      item = undefined
    } else if (depth === 2 && entry && name === entry.kind) {
      giveSite()
      emit(entry)
      entry = undefined
    } else if (depth === 2 && name !== undefined) {
      if (!site.fields.has(name)) site.fields.set(name, value)
    } else if (depth === 3 && entry) {
      if (name !== undefined && !entry.fields.has(name)) entry.fields.set(name, value)
    } else if (depth === 3 && item) inItem(item, name, written, attributes, value)
    else if (depth === 4 && meta) {
      if (name === 'meta_key') meta.key = value
      if (name === 'meta_value') meta.value = value
    }
  }

  const inItem = (
    open: OpenItem,
    name: string | undefined,
    written: string,
    attributes: Readonly<Record<string, string>>,
    value: string,
  ): void => {
    if (name === 'postmeta') {
      if (meta) {
        const isSecret = SECRET_META.test(meta.key) || SECRET_VALUE.test(meta.value)
        open.meta.push(isSecret ? {key: meta.key, value: ''} : meta)
      }
      meta = undefined
    } else if (name === 'category') {
      const {domain = '', nicename: slug = ''} = attributes
      // WordPress 2 wrote each category a second time, without a domain.
      if (domain !== '') open.terms.push({domain, slug, name: value})
    } else if (name === undefined || open.fields.has(name)) {
      const isSecret = SECRET.has(written.replace(/^.*:/, '')) || SECRET_VALUE.test(value)
      if (value.trim() !== '' && !isSecret) open.leftOver.push({name: written, value})
    } else open.fields.set(name, value)
  }

  const bareIn = bareAmpersands()
  const check = (more: string, last: boolean): void => {
    const bare = bareIn(more, last)
    if (bare) throw new BrokenExport(bare.line, bare.column, 'an ampersand that should be &amp;')
  }
  return {
    write: (more) => {
      check(more, false)
      parser.write(more)
    },
    end: () => {
      check('', true)
      parser.close()
      if (!seen) throw new BrokenExport(1, 1, 'XML that is no WordPress export')
      giveSite()
    },
  }
}

function openTag({attributes, local, name, uri}: SaxesTagNS): OpenTag {
  const known = NAMESPACES.find(([namespace]) => namespace.test(uri))
  const short = uri === '' ? local : known ? known[1] + local : undefined
  return {
    name: short,
    written: name,
    attributes: Object.fromEntries(Object.values(attributes).map((one) => [one.local, one.value])),
  }
}
