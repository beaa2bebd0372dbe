/** HTML in a field of plain text, such as an excerpt: its words on one line. */
import {readableText} from '../../../seed/parse/readableText.ts'

/** Entities are decoded once, tags are taken out. */
export function plainLine(html: string): string {
  return readableText(html.replace(/<[a-z/!][^>]*>/gi, ' ')).text
}
