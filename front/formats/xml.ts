/** XML from strings: escaped, without the characters that XML forbids or that mark a preview. */
import {plain} from '../stega.ts'
import {escapeHtml} from '../view/escape.ts'

/** A piece of finished XML. */
export interface Xml {
  readonly xml: string
}

type Content = Xml | string | null | undefined | false | readonly Content[]

/** Characters that no XML 1.0 document may contain, not even escaped. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

const escaped = (text: string): string => escapeHtml(plain(text).replaceAll(FORBIDDEN, ''))

const written = (content: Content): string => {
  if (!content) return ''
  if (typeof content === 'string') return escaped(content)
  return 'xml' in content ? content.xml : content.map(written).join('')
}

/** An element. Attributes that are null or undefined are left out, and so is empty content. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | null | undefined>>,
  ...content: readonly Content[]
): Xml => {
  const given = Object.entries(attributes)
    .map(([key, value]) => (value == null ? '' : ` ${key}="${escaped(value)}"`))
    .join('')
  const inside = written(content)
  return {xml: inside === '' ? `<${name}${given}/>` : `<${name}${given}>${inside}</${name}>`}
}

/** A document with this root. */
export const xmlDocument = (root: Xml): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`
